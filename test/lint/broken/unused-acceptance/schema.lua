-- kong-schema-advisor: accept require-in-schema because it is gone soon -- defect
return {
  name = "unused-acceptance",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = 0 } },
    } } },
  },
}
