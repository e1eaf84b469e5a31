-- ends with: limit-instructions
local s = string.rep('x', 1000)
while true do s = s .. 'x' end
