local hits = {}

return {
  start = function() end,
  sweep = function()
    hits = {}
  end,
  hit = function(key, limits)
    hits[key] = (hits[key] or 0) + 1
    return limits.minute and hits[key] > limits.minute
  end,
}
