local checks = {}

local function exists(path)
  local file = io.open(path)
  return file ~= nil
end

function checks.path(value) -- defect
  return exists(value), "does not exist"
end

return {
  name = "self-contained-validators",
  fields = {
    { config = { type = "record", fields = {
      { path = { type = "string", custom_validator = checks.path } },
    } } },
  },
}
