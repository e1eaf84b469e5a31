-- ends with: limit-instructions
setfenv(1, setmetatable({}, { __index = function() return function() end end }))
while true do anything() end
