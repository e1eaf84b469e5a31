-- ends with: lua-runtime
jit.off()
