-- ends with: limit-instructions
local t = {}
for i = 1, 20000 do t[i] = true end
for i = 15, 31 do t[2 ^ i] = true end
for i = 1, 16 do t[20001 * 2 ^ i] = true end
t[20001] = true
while true do local n = #t end
