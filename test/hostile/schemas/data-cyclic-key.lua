-- ends with: data-cyclic
local t = {}
t[t] = t
return t
