local ResponseStamp = {
  VERSION = "2.0.0",
  PRIORITY = 800,
}


function ResponseStamp:header_filter(config)
  kong.response.set_header(config.response_header, ngx.http_time(ngx.time()))
end


return ResponseStamp
