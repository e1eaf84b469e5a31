-- ends with: lua-runtime
local t = function() end
for i = 1, 20000 do t = setmetatable({}, { __call = t }) end
while true do t() end
