local open = io.open -- defect
local Handler = { PRIORITY = 100, VERSION = "0.1.0" }

function Handler:access(config)
  local file = open("/tmp/list")
  kong.ctx.plugin.ttl = file and config.ttl
  os.remove("/tmp/list") -- defect
end

return Handler
