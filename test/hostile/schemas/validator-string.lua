-- ends with: unknown
-- validates: { "x": "a" }
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'string', custom_validator = function(value) while true do value = value .. value end end } } } } } } }
