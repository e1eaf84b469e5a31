-- ends with: limit-data-size
local field = { type = 'string' }
for i = 1, 12 do
  local fields = {}
  for j = 1, 10 do fields[j] = { ['f' .. j] = field } end
  field = { type = 'record', fields = fields }
end
return { name = 'p', fields = { { config = field } } }
