-- ends with: limit-instructions
local t = {}
local s = string.rep('k', 50000)
local i = 0
while true do i = i + 1; t[s .. i] = true end
