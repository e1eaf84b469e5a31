return {
  name = "kept",
  fields = {
    { config = { type = "record", fields = { { url = { type = "string" } } } } },
  },
}
