-- ends with: data-cyclic
local json = require 'cjson'
local t = {}
t.t = t
while true do pcall(json.encode, t) end
