-- ends with: lua-runtime
local t = {}
t.t = t
error(t)
