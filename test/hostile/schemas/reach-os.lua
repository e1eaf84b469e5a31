-- ends with: schema-not-a-table
os.exit(1)
