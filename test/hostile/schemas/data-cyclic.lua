-- ends with: data-cyclic
local t = { name = 'p' }
t.fields = t
return t
