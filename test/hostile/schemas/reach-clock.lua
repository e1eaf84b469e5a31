-- ends with: schema-not-a-table
return os.time()
