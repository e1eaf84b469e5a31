local load = require
local lib = "kong.plugins." .. "require-in-schema"
local ok, limits = pcall(load, lib .. ".limits") -- defect

return {
  name = "require-in-schema",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", gt = ok and 0 or limits.lowest } },
    } } },
  },
}
