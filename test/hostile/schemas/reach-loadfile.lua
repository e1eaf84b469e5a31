-- ends with: lua-runtime
loadfile('/etc/passwd')
