-- ends with: schema-refused
return { name = '\255\254', fields = { { config = { type = 'record', fields = {} } } } }
