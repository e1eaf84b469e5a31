-- ends with: limit-instructions
return string.find(string.rep('a', 100000), '%f[' .. string.rep('b', 10000) .. ']')
