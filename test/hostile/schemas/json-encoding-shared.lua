-- ends with: limit-data-size
local json = require 'cjson'
local s = string.rep('x', 100000)
local t = {}
for i = 1, 2000 do t[i] = s end
return json.encode(t)
