-- ends with: schema-not-a-table
for i = 1, 2, 0 do end
