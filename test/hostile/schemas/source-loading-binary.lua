-- ends with: lua-runtime
return assert(loadstring('return "\255\254"'))()
