-- ends with: limit-instructions
local t, keys = {}, {}
for i = 1, 10000 do keys[i] = {}; t[keys[i]] = true end
for i = 1, 10000 do t[keys[i]] = nil end
local first = keys[1]
while true do next(t, first) end
