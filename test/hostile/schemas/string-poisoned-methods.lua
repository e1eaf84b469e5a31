-- ends with: lua-runtime
string.format, string.rep, table.concat, tostring = nil, nil, nil, nil
local s = ('x'):rep(3)
return s
