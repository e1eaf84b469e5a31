local typedefs = require "kong.db.schema.typedefs"

local PLUGIN_NAME = "quota-guard"

-- From the shortest to the longest: a longer window must not allow less than a shorter one.
local WINDOWS = { "second", "minute", "hour", "day", "month", "year" }


local function validate_windows(config)
  local shorter, allowed
  for _, window in ipairs(WINDOWS) do
    local limit = config[window]
    if type(limit) == "number" then
      if allowed and limit <= allowed then
        return nil, "the limit per " .. window .. " does not exceed the limit per " .. shorter
      end
      shorter, allowed = window, limit
    end
  end
  return true
end


local function validate_status(code)
  if code < 400 or code > 599 then
    return nil, "must be a client or server error status"
  end
  return true
end


return {
  name = PLUGIN_NAME,
  fields = {
    { protocols = typedefs.protocols_http },
    { config = {
        type = "record",
        custom_validator = validate_windows,
        fields = {
          -- How much is allowed: whole requests only.
          { second = { type = "integer", gt = 0 } },
          { minute = { type = "integer", gt = 0 } },
          { hour = { type = "integer", gt = 0 } },
          { day = { type = "integer", gt = 0 } },
          { month = { type = "integer", gt = 0 } },
          { year = { type = "integer", gt = 0 } },

          -- Who shares one counter.
          { limit_by = {
              description = "What identifies the one who is limited.",
              type = "string",
              default = "consumer",
              one_of = { "consumer", "credential", "ip", "header", "path", "service" },
          } },
          { header_name = typedefs.header_name },
          { path = typedefs.path },

          -- Who is never limited.
          { exempt_ips = { type = "array", elements = typedefs.ip_or_cidr, default = {} } },
          { exempt_groups = { type = "array", elements = { type = "string" } } },
          { overrides = {
              description = "Limits of single consumers, by username.",
              type = "map",
              keys = { type = "string" },
              values = {
                type = "record",
                fields = {
                  { limit = { type = "integer", required = true, gt = 0 } },
                  { window = { type = "string", default = "minute", one_of = WINDOWS } },
                },
              },
          } },

          -- Short peaks above the limit.
          { bursts = {
              type = "array",
              elements = {
                type = "record",
                fields = {
                  { name = { type = "string", required = true } },
                  { size = { type = "integer", required = true, gt = 0 } },
                  { seconds = { type = "integer", default = 10, between = { 1, 600 } } },
                  { cooldown = { type = "integer", gt = 0 } },
                },
              },
          } },

          -- Where the counters live.
          { policy = { type = "string", required = true, default = "local", one_of = { "local", "redis" } } },
          { sync_rate = { type = "number", required = true, default = 0.5 } },
          { fault_tolerant = { type = "boolean", required = true, default = true } },
          { redis = {
              type = "record",
              required = true,
              fields = {
                { host = typedefs.host },
                { port = typedefs.port({ default = 6379 }) },
                { username = { type = "string", referenceable = true } },
                { password = { type = "string", referenceable = true, encrypted = true, len_min = 0 } },
                { database = { type = "integer", default = 0 } },
                { connect_timeout = typedefs.timeout({ default = 2000 }) },
                { read_timeout = typedefs.timeout({ default = 2000 }) },
                { send_timeout = typedefs.timeout({ default = 2000 }) },
                { key_prefix = { type = "string", required = true } },
                { ssl = { type = "boolean", required = true, default = false } },
                { ssl_verify = { type = "boolean", required = true, default = true } },
                { server_name = typedefs.sni },
              },
              shorthand_fields = {
                { timeout = {
                    type = "integer",
                    deprecation = {
                      message = "quota-guard: config.redis.timeout is deprecated, use connect_timeout, read_timeout and send_timeout",
                      removal_in_version = "3.0",
                      replaced_with = {
                        { path = { "connect_timeout" } },
                        { path = { "read_timeout" } },
                        { path = { "send_timeout" } },
                      },
                    },
                    func = function(value)
                      return { connect_timeout = value, read_timeout = value, send_timeout = value }
                    end,
                } },
              },
          } },

          -- What the client sees.
          { hide_client_headers = { type = "boolean", required = true, default = false } },
          { rejection = {
              type = "record",
              required = true,
              fields = {
                { status = { type = "integer", default = 429, custom_validator = validate_status } },
                { message = { type = "string", default = "Quota exceeded" } },
                { content_type = { type = "string" } },
              },
          } },
        },
        entity_checks = {
          { at_least_one_of = WINDOWS },
          { conditional = {
              if_field = "limit_by", if_match = { eq = "header" },
              then_field = "header_name", then_match = { required = true },
          } },
          { conditional = {
              if_field = "limit_by", if_match = { eq = "path" },
              then_field = "path", then_match = { required = true },
          } },
          { conditional = {
              if_field = "policy", if_match = { eq = "redis" },
              then_field = "redis.host", then_match = { required = true },
          } },
          { mutually_required = { "redis.username", "redis.password" } },
        },
    } },
  },
}
