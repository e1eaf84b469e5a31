return {
  name = "gone",
  fields = {
    { config = { type = "record", fields = { { url = { type = "string" } } } } },
  },
}
