-- ends with: limit-instructions
local s = string.rep('a', 400000)
local p = string.rep('a', 200000) .. 'b'
return s:find(p, 1, true)
