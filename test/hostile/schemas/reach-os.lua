-- ends with: lua-runtime
os.exit(1)
