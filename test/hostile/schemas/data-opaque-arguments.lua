-- ends with: schema-not-a-table
local m = require 'somewhere.else'
local t = {}
for i = 1, 100 do t = { t, t } end
m.f(t)
