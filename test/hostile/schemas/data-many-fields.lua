-- ends with: limit-table
local fields = {}
for i = 1, 60000 do fields[i] = 1 end
return { name = 'p', fields = fields }
