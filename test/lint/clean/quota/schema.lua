local periods = { "second", "minute", "hour" }

local function is_sorted(limits)
  local last = 0
  for _, period in ipairs(periods) do
    local limit = limits[period]
    if type(limit) == "number" then
      if limit < last then
        return nil, period .. " must not be lower than a shorter period"
      end
      last = limit
    end
  end
  return true
end

local limit_fields = {}
for _, period in ipairs(periods) do
  limit_fields[#limit_fields + 1] = { [period] = { type = "number", gt = 0 } }
end

local schema = {
  name = "quota",
  fields = {
    {
      config = {
        type = "record",
        fields = {
          { limits = { type = "record", required = true, fields = limit_fields, custom_validator = is_sorted } },
          { by = { type = "string", default = "ip", one_of = { "ip", "header" } } },
          { header_name = { type = "string" } },
        },
        entity_checks = {
          {
            conditional = {
              if_field = "by",
              if_match = { eq = "header" },
              then_field = "header_name",
              then_match = { required = true },
            },
          },
        },
      },
    },
  },
}

return schema
