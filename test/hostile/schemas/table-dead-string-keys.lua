-- ends with: limit-instructions
local t = {}
for i = 1, 10000 do t['k' .. i] = true end
for i = 1, 10000 do t['k' .. i] = nil end
while true do next(t, 'k1') end
