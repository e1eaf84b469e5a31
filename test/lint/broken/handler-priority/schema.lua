return {
  name = "handler-priority",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
