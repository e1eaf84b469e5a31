-- ends with: limit-memory
local fields = {}
for i = 1, 100000 do fields[i] = { ['f' .. i] = { type = 'string' } } end
return { name = 'p', fields = { { config = { type = 'record', fields = fields } } } }
