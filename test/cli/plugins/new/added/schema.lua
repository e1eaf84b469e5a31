return {
  name = "added",
  fields = {
    { config = { type = "record", fields = { { url = { type = "string" } } } } },
  },
}
