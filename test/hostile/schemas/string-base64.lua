-- ends with: limit-instructions
local s = string.rep('x', 100000)
while true do ngx.decode_base64(ngx.encode_base64(s)) end
