local plugin = {
  ["PRIORITY"] = -5,
  ["VERSION"] = "0.9",
}

do
  local marks = { at = {}, open = {} }

  -- Own things with the names of the host's.
  function marks.at.every(path)
    return marks.open[path]
  end

  plugin.access = function(self, config)
    for i = 1, #config.paths do
      if kong.request.get_path() == config.paths[i] then
        marks.open[config.paths[i]] = true
        if config.mode == "block" then return kong.response.exit(403) end
        kong.ctx.plugin.marked = marks.at.every(config.paths[i])
        break
      end
    end
  end
end

return plugin
