return { name = "a", fields = {}, both = 6 & 3 }
