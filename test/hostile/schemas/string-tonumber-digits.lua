-- ends with: limit-instructions
local s = string.rep('1', 400000) .. 'x'
while true do tonumber(s); tonumber(s, 7) end
