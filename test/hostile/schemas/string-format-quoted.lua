-- ends with: limit-string
return string.format('%q', string.rep('\n', 400000))
