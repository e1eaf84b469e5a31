local counters = require "kong.plugins.quota.counters"
local redis = require("resty.redis")

local floor = math.floor
local fmt = string.format

local QuotaHandler = {}

QuotaHandler.PRIORITY = 900 + 1
QuotaHandler.VERSION = "2" .. ".0.1"

local function key_of(config)
  if config.by == "header" then
    return fmt("header:%s", kong.request.get_header(config.header_name) or "")
  end
  return "ip:" .. kong.client.get_forwarded_ip()
end

function QuotaHandler:init_worker()
  counters.start(redis)
  ngx.timer.every(floor(60.5), counters.sweep)
end

function QuotaHandler:access(config)
  if counters.hit(key_of(config), config.limits) then
    return kong.response.exit(429)
  end
end

return QuotaHandler
