-- ends with: schema-refused
return { name = 7, fields = {} }
