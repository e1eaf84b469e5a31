-- ends with: lua-runtime
local function handler() error('again') end
xpcall(error, handler)
error('done')
