-- ends with: schema-not-a-table
jit.off()
