-- ends with: limit-source-depth
return loadstring('return ' .. string.rep('{', 1000) .. string.rep('}', 1000))
