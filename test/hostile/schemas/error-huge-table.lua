-- ends with: lua-runtime
local t = {}
for i = 1, 60 do t = { t, t } end
error(setmetatable(t, { __tostring = function() return 'x' end }))
