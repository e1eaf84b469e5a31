-- ends with: lua-runtime
local co
co = coroutine.wrap(function() co() end)
co()
