-- ends with: limit-instructions
local text = string.rep('x = 1 ', 5000)
local list = {}
for i = 1, 300 do list[i] = { ['f' .. i] = { type = 'string', custom_validator = loadstring('return function() ' .. text .. ' end')() } } end
return { name = 'p', fields = { { config = { type = 'record', fields = list } } } }
