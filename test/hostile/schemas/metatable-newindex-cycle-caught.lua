-- ends with: limit-instructions
local t = {}
setmetatable(t, { __newindex = t })
local function set() t.x = 1 end
while true do pcall(set) end
