-- ends with: lua-runtime
newproxy(true)
