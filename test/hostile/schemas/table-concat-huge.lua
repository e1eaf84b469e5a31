-- ends with: lua-runtime
return table.concat({}, 'x', 1, 2 ^ 31 - 1)
