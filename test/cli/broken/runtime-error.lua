local limits = nil
return { name = "a", limit = limits.minute }
