-- ends with: unknown
-- validates: { "x": ["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"] }
local kept = {}
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'array', elements = { type = 'string', custom_validator = function(value) for i = 1, 20000 do kept[#kept + 1] = { value } end return true end } } } } } } } }
