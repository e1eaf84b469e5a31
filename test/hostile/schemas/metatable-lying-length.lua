-- ends with: accepted
return setmetatable({ name = 'p', fields = setmetatable({}, { __len = function() return 1e9 end }) }, { __len = function() return 1e9 end })
