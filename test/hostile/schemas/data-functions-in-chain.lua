-- ends with: limit-recursion
local f = function() end
for i = 1, 2000 do local g = f; f = function() return g end end
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'string', custom_validator = f } } } } } } }
