-- ends with: schema-not-a-table
dofile('/etc/passwd')
