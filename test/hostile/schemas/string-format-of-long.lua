-- ends with: limit-string
local s = string.rep('x', 300000)
return string.format('%s%s', s, s)
