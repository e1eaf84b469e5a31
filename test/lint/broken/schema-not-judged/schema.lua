local fields = {}
repeat fields[#fields % 7 + 1] = { ttl = { type = "integer" } } until #fields > 7 -- defect

return { name = "schema-not-judged", fields = { { config = { type = "record", fields = fields } } } }
