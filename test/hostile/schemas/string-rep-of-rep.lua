-- ends with: limit-string
return string.rep(string.rep('x', 100000), 20000)
