-- ends with: lua-runtime
local function f(s) return string.gsub(s, '.', f) end
f('aa')
