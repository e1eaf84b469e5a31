-- ends with: lua-runtime
coroutine.wrap(function() error('inside') end)()
