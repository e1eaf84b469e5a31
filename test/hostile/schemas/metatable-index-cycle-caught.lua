-- ends with: limit-instructions
local t = {}
setmetatable(t, { __index = t })
local function get() return t.x end
while true do pcall(get) end
