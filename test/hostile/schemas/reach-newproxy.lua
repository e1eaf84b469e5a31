-- ends with: schema-not-a-table
newproxy(true)
