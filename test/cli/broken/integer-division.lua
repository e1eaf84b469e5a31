return { name = "a", fields = {}, half = 7 // 2 }
