-- ends with: lua-not-luajit
return { name = 'p', fields = { { config = { type = 'integer', default = 7 // 2 } } } }
