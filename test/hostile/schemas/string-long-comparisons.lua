-- ends with: limit-instructions
local a = string.rep('x', 400000)
local b = a .. 'y'
local c = a .. 'y'
while true do local d, e, f = b < c, b == c, b <= c end
