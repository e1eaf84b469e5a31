-- ends with: unknown
-- validates: { "x": "a" }
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'string', custom_validator = function(value) local t = { 'lol' } for i = 1, 40 do t = { t, t } end return nil, t end } } } } } } }
