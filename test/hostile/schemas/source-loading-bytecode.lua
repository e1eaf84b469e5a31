-- ends with: lua-runtime
return assert(loadstring('\27Lua' .. string.rep('\0', 100)))()
