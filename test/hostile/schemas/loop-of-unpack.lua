-- ends with: limit-instructions
local t = {}
for i = 1, 1000 do t[i] = i end
while true do select('#', unpack(t)) end
