-- ends with: limit-instructions
local m = require 'somewhere.else'
local i = 0
while true do i = i + 1; m['x' .. i] = i end
