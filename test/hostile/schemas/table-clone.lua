-- ends with: limit-memory
local clone = require 'table.clone'
local t = {}
for i = 1, 1000 do t[i] = i end
local kept = {}
while true do kept[#kept + 1] = clone(t) end
