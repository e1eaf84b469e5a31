-- ends with: lua-runtime
coroutine.yield(1)
