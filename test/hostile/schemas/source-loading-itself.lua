-- ends with: limit-instructions
local text = [[ local text = ... return loadstring(text)(text) ]]
return loadstring(text)(text)
