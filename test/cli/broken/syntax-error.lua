return { name = "a", fields = {
  { config = { type = "record", fields = { }}
