-- ends with: limit-instructions
local a = string.rep('x', 400000)
local i = 0
while true do i = i + 1; local d = (a .. i) < 'b' end
