-- ends with: schema-refused
return { name = 'p', fields = { { config = { type = 0 / 0 } } } }
