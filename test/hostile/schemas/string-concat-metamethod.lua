-- ends with: limit-instructions
local long = string.rep('x', 400000)
local t = setmetatable({}, { __concat = function() return long end })
local kept = {}
while true do kept[#kept + 1] = 'a' .. 'b' .. t end
