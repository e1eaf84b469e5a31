-- ends with: limit-instructions
local json = require 'cjson.safe'
local s = string.rep('[', 300000)
while true do json.decode(s) end
