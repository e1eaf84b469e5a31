local QuotaGuard = {
  VERSION = "1.4.0",
  PRIORITY = 905,
}

local SECONDS = { second = 1, minute = 60, hour = 3600, day = 86400, month = 2592000, year = 31536000 }


local function identifier(config)
  if config.limit_by == "header" then
    return kong.request.get_header(config.header_name)
  end
  if config.limit_by == "path" then
    return kong.request.get_path() == config.path and config.path or nil
  end
  if config.limit_by == "consumer" then
    local consumer = kong.client.get_consumer()
    return consumer and consumer.id
  end
  return kong.client.get_forwarded_ip()
end


function QuotaGuard:access(config)
  local id = identifier(config) or kong.client.get_forwarded_ip()
  local counters = ngx.shared.kong_rate_limiting_counters
  for window, seconds in pairs(SECONDS) do
    local limit = config[window]
    if limit then
      local start = math.floor(ngx.time() / seconds)
      local used = counters:incr(table.concat({ config.namespace, id, window, start }, ":"), 1, 0, seconds)
      if used and used > limit then
        return kong.response.exit(config.error_code, { message = config.error_message })
      end
    end
  end
end


return QuotaGuard
