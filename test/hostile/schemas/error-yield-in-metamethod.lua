-- ends with: lua-runtime
local t = setmetatable({}, { __concat = function() coroutine.yield() end })
coroutine.wrap(function() return 'a' .. t end)()
