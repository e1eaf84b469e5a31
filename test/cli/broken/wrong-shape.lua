return { name = "a", fields = "none" }
