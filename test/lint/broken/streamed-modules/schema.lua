return {
  name = "streamed-modules",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
