-- ends with: schema-not-a-table
loadfile('/etc/passwd')
