-- ends with: limit-table
local all = {}
for i = 1, 60000 do all[i] = function() return all end end
return all
