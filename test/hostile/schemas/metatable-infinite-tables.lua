-- ends with: schema-refused
local function endless() return setmetatable({}, { __index = function(t, k) return endless() end }) end
return endless()
