-- ends with: lua-runtime
return string.find('x', string.rep('()', 40))
