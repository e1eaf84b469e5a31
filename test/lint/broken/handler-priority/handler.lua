local BasePlugin = require "kong.plugins.base_plugin"

local Handler = BasePlugin:extend()

Handler.VERSION = "0.1.0"

function Handler:access(config)
  Handler.super.access(self)
  kong.ctx.plugin.ttl = config.ttl
end

return Handler -- defect
