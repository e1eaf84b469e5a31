return {
  name = "streamed-validation",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", custom_validator = function(ttl) -- defect
        return ttl % 2 == 0, "must be even"
      end } },
    } } },
  },
}
