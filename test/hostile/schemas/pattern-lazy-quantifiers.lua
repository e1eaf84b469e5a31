-- ends with: limit-instructions
return string.find(string.rep('a', 5000), '.-.-.-.-b')
