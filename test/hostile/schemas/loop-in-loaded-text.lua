-- ends with: limit-instructions
loadstring('while true do end')()
