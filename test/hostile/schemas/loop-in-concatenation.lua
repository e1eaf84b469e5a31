-- ends with: limit-instructions
local t = setmetatable({}, { __concat = function() while true do end end })
return 'a' .. t .. 'b'
