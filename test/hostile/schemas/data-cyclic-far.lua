-- ends with: data-cyclic
local top = { name = 'p', fields = {} }
top.fields[1] = { config = { type = 'record', fields = { { back = { type = 'any', default = top } } } } }
return top
