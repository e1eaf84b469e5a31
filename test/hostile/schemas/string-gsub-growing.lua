-- ends with: limit-string
return string.gsub(string.rep('x', 10000), 'x', string.rep('y', 1000))
