-- ends with: limit-instructions
local kept = {}
while true do
  local co = coroutine.create(function()
    local function deep(n) if n == 0 then coroutine.yield() end local a, b, c, d = n, n, n, n; return deep(n - 1), a, b, c, d end
    deep(250)
  end)
  coroutine.resume(co)
  kept[#kept + 1] = co
end
