-- ends with: limit-recursion
return unpack({}, 1, 1e8)
