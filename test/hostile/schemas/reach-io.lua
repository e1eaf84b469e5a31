-- ends with: schema-not-a-table
io.open('/etc/passwd')
