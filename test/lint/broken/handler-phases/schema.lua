return {
  name = "handler-phases",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
