-- This plugin once did require("kong.plugins.response-tag.helpers") and ngx.timer.at(0, …): no more.
return {
  PRIORITY = 750,
  VERSION = "1.2.0",

  header_filter = function(_, config)
    if config.value ~= nil then
      kong.response.set_header(config.header, config.value)
    end
  end,

  log = function()
    kong.log.debug("ngx.timer.at is not used, nor io.open")
  end,
}
