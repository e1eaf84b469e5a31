-- ends with: limit-string
local s = string.rep('x', 100000)
return s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s
