-- ends with: limit-instructions
local s = string.rep('%%', 200000)
while true do string.format(s) end
