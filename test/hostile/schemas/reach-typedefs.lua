-- ends with: lua-runtime
local typedefs = require 'kong.db.schema.typedefs'
local mt = getmetatable(typedefs)
mt.__index = function() error('poisoned') end
return typedefs.host
