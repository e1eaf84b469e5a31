-- ends with: lua-runtime
return os.time()
