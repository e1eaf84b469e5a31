-- ends with: lua-runtime
string.dump(function() end)
