local Handler = { PRIORITY = 100, VERSION = "0.1.0" }

function Handler:access(config)
  kong.ctx.plugin.ttl = config.ttl
end

return Handler
