-- ends with: limit-instructions
return string.gsub(string.rep('a', 20000), '(a*)(a*)b', '%2%1')
