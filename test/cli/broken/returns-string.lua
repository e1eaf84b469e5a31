return "schema"
