-- ends with: limit-instructions
local function f() return f() end
f()
