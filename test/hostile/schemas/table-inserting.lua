-- ends with: limit-instructions
local t = {}
while true do table.insert(t, {}) end
