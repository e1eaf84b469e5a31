-- ends with: limit-instructions
return string.find(string.rep('(', 50000), '%b()')
