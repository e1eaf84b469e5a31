-- ends with: limit-instructions
local t = setmetatable({}, { __name = string.rep('n', 500000) })
local function call() t() end
while true do pcall(call) end
