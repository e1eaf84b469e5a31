-- ends with: lua-runtime
debug.getregistry()
