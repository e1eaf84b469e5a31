local phases = {}
phases.VERSION, phases.PRIORITY = "0.1.0", 100

local H = phases
H.init_worker = function() -- defect
  kong.log.notice("worker started")
end

function phases:access(config)
  kong.ctx.plugin.ttl = config.ttl
end

return H
