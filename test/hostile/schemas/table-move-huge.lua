-- ends with: limit-instructions
return table.move({}, 1, 2 ^ 30, 2)
