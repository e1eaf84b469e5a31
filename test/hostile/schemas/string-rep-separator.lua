-- ends with: limit-string
return string.rep('', 1e9, 'x')
