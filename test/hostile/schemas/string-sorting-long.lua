-- ends with: limit-instructions
local a = string.rep('x', 50000)
local t = {}
for i = 1, 100 do t[i] = a .. (i * 7919 % 100) end
while true do local copy = { unpack(t) } table.sort(copy) end
