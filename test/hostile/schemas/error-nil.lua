-- ends with: lua-runtime
error(nil)
