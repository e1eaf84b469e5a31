local Handler = { PRIORITY = 100 }

Handler.VERSION = "one" -- defect

function Handler:access(config)
  kong.ctx.plugin.ttl = config.ttl
end

return Handler
