-- ends with: limit-data-size
local t = { 'lol' }
for i = 1, 40 do t = { t, t } end
return { name = 'p', fields = t }
