return {
  name = "schema-refused",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", minimum = 1 } }, -- defect
    } } },
  },
}
