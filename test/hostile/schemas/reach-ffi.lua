-- ends with: schema-not-a-table
return require('ffi').C.system('id')
