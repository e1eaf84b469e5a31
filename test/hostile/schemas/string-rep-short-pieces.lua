-- ends with: limit-instructions
while true do local s = string.rep('x', 3000) end
