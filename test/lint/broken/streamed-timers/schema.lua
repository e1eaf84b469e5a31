return {
  name = "streamed-timers",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
