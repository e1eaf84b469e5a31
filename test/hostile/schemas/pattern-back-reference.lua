-- ends with: limit-instructions
return string.find(string.rep('a', 20000), '(a*)%1b')
