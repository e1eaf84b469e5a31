-- ends with: limit-recursion
local s = string.rep('x', 400000)
return s:byte(1, -1)
