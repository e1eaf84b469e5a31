local M = {}

M.name = "old-school"

M.fields = {
  { consumer = { type = "foreign", reference = "consumers", eq = ngx.null } },
}

local config = { type = "record", fields = {} }
M.fields[2] = { config = config }

local function add(name, field)
  table.insert(config.fields, { [name] = field })
end

add("paths", { type = "array", elements = { type = "string", starts_with = "/" }, default = {} })
add("mode", { type = "string", required = true, default = "mark", one_of = { "mark", "block" } })

return M
