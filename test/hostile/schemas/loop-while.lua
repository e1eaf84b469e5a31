-- ends with: limit-instructions
while true do end
