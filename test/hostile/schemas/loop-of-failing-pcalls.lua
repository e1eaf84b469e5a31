-- ends with: limit-instructions
while true do pcall(function() local t; return t.x.y end) end
