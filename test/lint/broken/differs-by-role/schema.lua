local is_control_plane = kong.configuration.role == "control_plane" -- defect
local fields = { { ttl = { type = "integer" } } }
if is_control_plane then
  fields[2] = { audit = { type = "boolean", default = true } }
end

return { name = "differs-by-role", fields = { { config = { type = "record", fields = fields } } } }
