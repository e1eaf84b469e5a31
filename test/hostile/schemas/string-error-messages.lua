-- ends with: limit-instructions
local long = string.rep('x', 400000)
while true do pcall(error, long) end
