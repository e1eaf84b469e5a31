-- ends with: schema-not-a-table
local seen = {}
for k, v in pairs(getfenv(0)) do seen[#seen + 1] = k end
return getmetatable(require 'somewhere.else')
