-- ends with: schema-not-a-table
return function() end
