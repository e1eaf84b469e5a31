-- ends with: lua-runtime
js.global.process.exit(1)
