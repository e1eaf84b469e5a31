-- ends with: limit-instructions
local s = string.rep(' ', 400000) .. '1'
local n = 0
while true do n = s + n; n = s * 1; n = -s; n = s % 7 end
