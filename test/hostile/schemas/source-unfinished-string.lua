-- ends with: lua-syntax
return 'unfinished
