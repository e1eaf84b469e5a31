local Handler = { PRIORITY = 100, VERSION = "0.1.0" }
local timer = ngx.timer
local later = "a" .. "t"

local function send(premature, ttl)
  if not premature then
    kong.log.info(ttl)
  end
end

function Handler:log(config)
  local ok = timer[later](0, send, config.ttl) -- defect
  if not ok then
    pcall(timer.every, 5, send, config.ttl) -- defect
  end
end

return Handler
