-- ends with: unknown
-- validates: { "x": "a" }
return { name = 'p', fields = { { config = { type = 'record', fields = { { x = { type = 'string', custom_validator = function(value) local function f() return 1 + f() end return f() end } } } } } } }
