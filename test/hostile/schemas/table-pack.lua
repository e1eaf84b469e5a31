-- ends with: limit-memory
local kept = {}
local t = {}
for i = 1, 1000 do t[i] = i end
while true do kept[#kept + 1] = table.pack(unpack(t)) end
