-- ends with: lua-runtime
local co = coroutine.wrap(function() end)
co()
co()
