-- ends with: limit-data-depth
local t = {}
for i = 1, 5000 do t = { t } end
return { name = 'p', fields = t }
