local cjson = require "cjson.safe"
local ok, hmac = pcall(require, "resty.openssl.hmac")

local SignBody = { VERSION = "1.0.0", PRIORITY = 10 }

local io = { lines = {} }

local function open(name)
  return io.lines[name]
end

function SignBody.rewrite(self, config)
  io.lines.secret = config.secret
end

function SignBody.access(self, config)
  local body = kong.request.get_raw_body()
  if not ok or cjson.decode(body) == nil then
    return kong.response.exit(400, { message = "no JSON" })
  end
  local signer = hmac.new(open("secret"), config.algorithm)
  kong.service.request.set_header("X-Signature", ngx.encode_base64(signer:final(body)))
end

return SignBody
