-- ends with: limit-instructions
local long = string.rep('x', 400000)
local function f() error(long, 1) end
while true do pcall(f) end
