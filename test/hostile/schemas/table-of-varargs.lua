-- ends with: limit-instructions
local kept = {}
local function keep(...) kept[#kept + 1] = { ... } end
local t = {}
for i = 1, 200 do t[i] = i end
while true do keep(unpack(t)) end
