-- ends with: lua-runtime
io.open('/etc/passwd')
