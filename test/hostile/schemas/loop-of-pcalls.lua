-- ends with: limit-instructions
while true do pcall(error, 'x') end
