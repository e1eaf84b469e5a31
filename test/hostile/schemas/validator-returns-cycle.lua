-- ends with: unknown
-- validates: { "x": "a" }
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'string', custom_validator = function(value) local t = {} t.t = t return nil, t end } } } } } } }
