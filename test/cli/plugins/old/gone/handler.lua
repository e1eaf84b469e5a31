return { VERSION = "1.0.0", PRIORITY = 1 }
