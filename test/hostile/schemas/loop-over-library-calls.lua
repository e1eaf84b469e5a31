-- ends with: limit-instructions
local s = 'abc'
while true do s:upper(); s:find('b', 1, true); tostring(1.5); string.format('%d', 3) end
