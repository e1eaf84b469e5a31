-- ends with: schema-not-a-table
string.dump(function() end)
