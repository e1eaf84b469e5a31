-- ends with: lua-runtime
local t = { name = 'p' }
t[0 / 0] = 1
return t
