-- ends with: lua-runtime
local function f() pcall(f) error('again') end
f()
