-- ends with: limit-instructions
for _ in string.gmatch(string.rep('a', 50000), 'a-b') do end
