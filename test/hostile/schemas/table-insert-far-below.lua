-- ends with: limit-instructions
table.insert({}, -2 ^ 31, 1)
