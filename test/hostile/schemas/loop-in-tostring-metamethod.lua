-- ends with: limit-instructions
tostring(setmetatable({}, { __tostring = function() while true do end end }))
