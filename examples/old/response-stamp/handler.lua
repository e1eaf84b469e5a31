local ResponseStamp = {
  VERSION = "1.0.0",
  PRIORITY = 800,
}


function ResponseStamp:header_filter(config)
  kong.response.set_header(config.response_header, ngx.http_time(ngx.time() + config.ttl))
end


return ResponseStamp
