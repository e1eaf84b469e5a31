-- ends with: limit-instructions
local t = {}
for i = 1, 20000 do t[i] = i % 7 end
local n = 0
while true do pcall(table.sort, t, function(a, b) n = n + 1; return n % 3 == 0 end) end
