-- ends with: limit-instructions
local t = {}
for i = 1, 63 do t = setmetatable({}, { __index = t }) end
while true do local x = t.x, t.x, t.x, t.x, t.x, t.x, t.x, t.x end
