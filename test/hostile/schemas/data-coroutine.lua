-- ends with: schema-not-a-table
return coroutine.create(function() end)
