return { name = "a", fields = { { config = { type = "record", fields = { { x = { type = "strin" } } } } } } }
