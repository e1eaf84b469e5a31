local cjson = require "cjson"
local helpers = require "kong.plugins.streamed-modules.helpers" -- defect
local parse = require("lunajson").decode -- defect

local Handler = { PRIORITY = 100, VERSION = "0.1.0" }

function Handler:access(config)
  kong.ctx.plugin.ttl = helpers.ttl(cjson, parse, config)
end

return Handler
