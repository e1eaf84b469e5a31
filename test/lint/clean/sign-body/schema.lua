return { name = "sign-body", fields = { { config = { type = "record", fields = {
  { secret = { type = "string", required = true, referenceable = true, len_min = 16 } },
  { algorithm = { type = "string", default = "sha256", one_of = { "sha1", "sha256" } } },
} } } } }
