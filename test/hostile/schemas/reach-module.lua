-- ends with: lua-runtime
module('x')
