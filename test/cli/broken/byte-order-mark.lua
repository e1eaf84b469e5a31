return { name = "a", fields = {} 
