local Handler = { PRIORITY = 100, VERSION = "0.1.0" }

function Handler:access(config)
  local half <const> = config.ttl -- defect
  kong.ctx.plugin.half = half
end

return Handler
