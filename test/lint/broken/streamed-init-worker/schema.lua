return {
  name = "streamed-init-worker",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
