-- ends with: limit-data-depth
local json = require 'cjson'
return json.decode(string.rep('[', 100000) .. string.rep(']', 100000))
