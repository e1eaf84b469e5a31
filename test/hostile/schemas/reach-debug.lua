-- ends with: schema-not-a-table
debug.getregistry()
