-- ends with: limit-string
return string.rep('x', 2 ^ 31 - 1)
