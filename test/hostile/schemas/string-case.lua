-- ends with: limit-instructions
local s = string.rep('x', 100000)
while true do s = s:upper():lower():reverse() end
