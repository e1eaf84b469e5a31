local typedefs = require "kong.db.schema.typedefs"

return {
  name = "response-stamp",
  fields = {
    { consumer = typedefs.no_consumer },
    { protocols = typedefs.protocols_http },
    { config = {
        type = "record",
        fields = {
          { response_header = typedefs.header_name({ required = true, default = "X-Stamp" }) },
        },
    } },
  },
}
