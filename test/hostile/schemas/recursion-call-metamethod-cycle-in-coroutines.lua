-- ends with: limit-instructions
local t = {}
setmetatable(t, { __call = t })
while true do coroutine.resume(coroutine.create(function() t() end)) end
