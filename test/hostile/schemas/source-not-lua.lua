-- ends with: lua-syntax
this is not Lua
