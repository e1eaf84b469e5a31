-- ends with: limit-instructions
local s = string.rep('x', 400000)
while true do string.gsub(s, '.+', {}) end
