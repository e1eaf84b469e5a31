-- ends with: limit-data-size
local s = string.rep('x', 400000)
local list = {}
for i = 1, 20000 do list[i] = s end
return { name = 'p', fields = { { config = { type = 'record', fields = { { f = { type = 'array', elements = { type = 'string' }, default = list } } } } } } }
