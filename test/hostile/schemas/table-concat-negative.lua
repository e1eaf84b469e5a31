-- ends with: lua-runtime
return table.concat({}, '', -2 ^ 31, 5)
