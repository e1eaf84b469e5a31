-- ends with: limit-recursion
local m = require 'somewhere.else'
local t = {}
for i = 1, 5000 do t = { t } end
m.f(t)
