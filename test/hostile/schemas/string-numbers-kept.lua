-- ends with: limit-instructions
local t = {}
local i = 0
while true do i = i + 1; t[tostring(i)] = tostring(i * 1.5) end
