-- ends with: limit-instructions
local mt = { __eq = function(a, b) local i = 0 while true do i = i + 1 end end }
return setmetatable({}, mt) == setmetatable({}, mt)
