-- ends with: lua-runtime
local t = {}
setmetatable(t, { __call = t })
t()
