-- ends with: limit-instructions
local s = '1' .. string.rep(' ', 400000) .. 'x'
while true do tonumber(s) end
