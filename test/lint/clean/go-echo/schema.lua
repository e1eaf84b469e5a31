return {
  name = "go-echo",
  fields = {
    { route = { type = "foreign", reference = "routes" } },
    { config = { type = "record", required = true, fields = { { message = { type = "string", default = "hello" } } } } },
  },
}
