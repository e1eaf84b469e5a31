-- ends with: limit-instructions
return string.gsub(string.rep('x', 400000), '(y*)x', string.rep('%1', 200000))
