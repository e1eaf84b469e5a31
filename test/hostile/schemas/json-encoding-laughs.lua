-- ends with: limit-data-size
local json = require 'cjson'
local t = { 'lol' }
for i = 1, 40 do t = { t, t } end
return json.encode(t)
