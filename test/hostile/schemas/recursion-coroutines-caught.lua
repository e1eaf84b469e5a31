-- ends with: schema-not-a-table
local function f() pcall(coroutine.wrap(f)) end
f()
