-- ends with: limit-instructions
local text = string.rep('local x = 1 ', 100)
local i = 0
while true do i = i + 1; loadstring('do ' .. text .. ' end return ' .. i) end
