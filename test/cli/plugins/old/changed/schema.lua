return {
  name = "changed",
  fields = {
    { config = { type = "record", fields = { { url = { type = "string" } } } } },
  },
}
