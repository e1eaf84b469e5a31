-- ends with: limit-instructions
while true do counter = (counter or 0) + 1 end
