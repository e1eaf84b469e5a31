error({ reason = "no" })
