-- ends with: lua-runtime
error(string.rep('x', 500000))
