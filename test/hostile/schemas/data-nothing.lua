-- ends with: schema-not-a-table

