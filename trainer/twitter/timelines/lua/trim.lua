-- A timeline is a list of 8-byte big-endian ids. Its head may be a floor marker (the top bit set):
-- every id above the floor is in the list. A number of Lua is a double, so ids stay bytes, and are
-- compared in two halves: `<` on strings would depend on the server's locale.
local call, byte, sub = redis.call, string.byte, string.sub
local TOP = 2147483648
local BUILDING = string.rep('\255', 8)

local function is_marker(element)
  return byte(element) >= 128
end

-- The halves of an id, or of the floor in a marker.
local function halves(element)
  local high, low = struct.unpack('>I4I4', element)
  return high % TOP, low
end

local function is_above(high, low, other_high, other_low)
  return high > other_high or (high == other_high and low > other_low)
end

local function marker(high, low)
  return struct.pack('>I4I4', high + TOP, low)
end

-- Keep the last `keep` elements. A floor rises to the greatest id that is dropped. Without a floor
-- none appears, and a list that a rebuild is just completing loses its claim: what is dropped here
-- may be what the rebuild has not seen.
local function trim(key, keep)
  local head = call('LINDEX', key, 0)
  if not is_marker(head) or head == BUILDING then
    call('LTRIM', key, -keep, -1)
    return
  end
  local top_high, top_low = 0, 0
  for _, element in ipairs(call('LRANGE', key, 0, -keep - 1)) do
    local high, low = halves(element)
    if is_above(high, low, top_high, top_low) then
      top_high, top_low = high, low
    end
  end
  call('LTRIM', key, -keep, -1)
  call('LPUSH', key, marker(top_high, top_low))
end
