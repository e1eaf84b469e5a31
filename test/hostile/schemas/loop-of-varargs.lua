-- ends with: limit-instructions
local function count(...) return select('#', ...) end
local t = {}
for i = 1, 2000 do t[i] = i end
while true do count(unpack(t)) end
