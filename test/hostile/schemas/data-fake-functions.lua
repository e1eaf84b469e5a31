-- ends with: schema-refused
type, next, pairs, ipairs, tostring, rawget, select, unpack = 1, 2, 3, 4, 5, 6, 7, 8
return { name = 'p', fields = 'none' }
