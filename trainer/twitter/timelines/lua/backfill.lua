-- Add one author's ids to the timeline of a reader who has begun to follow.
-- KEYS[1] the timeline. ARGV: a floor marker (all the author's ids above it follow) and the ids, 8
-- bytes each; the length of a full timeline.
-- Returns the timeline's number of ids, or 0 when it is left to the next read to rebuild.
local key, added, keep = KEYS[1], ARGV[1], tonumber(ARGV[2])
local head = call('LINDEX', key, 0)
if not head or not is_marker(head) then
  return 0
end
if head == BUILDING then
  call('LPOP', key) -- what is being rebuilt may be older than the edge: it must not pass as whole
  return 0
end

local floor_high, floor_low = 0, 0
local all, seen = {}, {}
local function add(element)
  local high, low = halves(element)
  if is_marker(element) then
    if is_above(high, low, floor_high, floor_low) then
      floor_high, floor_low = high, low
    end
  elseif not seen[element] then
    seen[element] = true
    all[#all + 1] = { high, low, element }
  end
end
for _, element in ipairs(call('LRANGE', key, 0, -1)) do
  add(element)
end
for at = 1, #added, 8 do
  add(sub(added, at, at + 7))
end

table.sort(all, function(a, b) return is_above(a[1], a[2], b[1], b[2]) end)
local first_left_out = all[keep + 1]
if first_left_out and is_above(first_left_out[1], first_left_out[2], floor_high, floor_low) then
  floor_high, floor_low = first_left_out[1], first_left_out[2]
end
local kept = {}
for n = math.min(#all, keep), 1, -1 do
  if is_above(all[n][1], all[n][2], floor_high, floor_low) then
    kept[#kept + 1] = all[n][3]
  end
end
local ttl = call('PTTL', key)
call('DEL', key)
call('RPUSH', key, marker(floor_high, floor_low), unpack(kept))
if ttl > 0 then
  call('PEXPIRE', key, ttl)
end
return #kept
