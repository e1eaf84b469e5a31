-- ends with: lua-runtime
local t = {}
for i = 1, 300 do t[i] = {} end
return math.max(unpack(t))
