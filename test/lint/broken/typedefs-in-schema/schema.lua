local typedefs = require("kong.db.schema." .. "typedefs") -- defect

return {
  name = "typedefs-in-schema",
  fields = {
    { config = { type = "record", fields = {
      { upstream = typedefs.url },
    } } },
  },
}
