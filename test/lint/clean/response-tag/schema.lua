return {
  name = "response-tag",
  fields = {
    { protocols = { type = "set", elements = { type = "string", one_of = { "http", "https" } }, default = { "http", "https" } } },
    {
      config = {
        type = "record",
        fields = {
          { header = { type = "string", required = true, default = "X-Tag" } },
          { value = { type = "string", len_max = 64 } },
          { init_worker = { type = "boolean", default = false } },
        },
      },
    },
  },
}
