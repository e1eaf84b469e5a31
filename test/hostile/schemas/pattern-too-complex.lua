-- ends with: lua-runtime
return string.find(string.rep('x', 1000), string.rep('x?', 1000))
