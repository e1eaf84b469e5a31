-- ends with: lua-runtime
dofile('/etc/passwd')
