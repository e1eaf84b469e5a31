-- ends with: schema-not-a-table
return nil
