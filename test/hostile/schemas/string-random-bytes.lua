-- ends with: limit-instructions
local rand = require 'kong.tools.rand'
while true do rand.get_rand_bytes(400000) end
