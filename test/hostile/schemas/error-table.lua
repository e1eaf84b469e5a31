-- ends with: lua-runtime
error({ code = 1, nested = { 2 } })
