-- ends with: limit-string
local m = require 'somewhere.else'
while true do m = m .. m end
