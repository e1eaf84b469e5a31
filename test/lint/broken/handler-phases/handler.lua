local Handler = { PRIORITY = 100, VERSION = "0.1.0" }

local function tag(_, config)
  kong.response.set_header("X-Ttl", config.ttl)
end

function Handler:response(config)
  tag(self, config)
end

Handler["header" .. "_filter"] = tag -- defect

return Handler
