-- ends with: limit-instructions
local t = {}
setmetatable(t, { __call = t })
while true do pcall(t) end
