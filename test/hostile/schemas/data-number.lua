-- ends with: schema-not-a-table
return 7
