return {
  name = "changed",
  fields = {
    { config = { type = "record", fields = { { ttl = { type = "integer" } }, { url = { type = "string" } } } } },
  },
}
