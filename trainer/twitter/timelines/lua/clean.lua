-- Take the ids of one author out of a timeline whose reader follows no more.
-- KEYS[1] the timeline. ARGV: tweet ids (8 bytes each). Returns how many elements went.
local key, ids = KEYS[1], ARGV[1]
local gone, kept = {}, {}
for at = 1, #ids, 8 do
  gone[sub(ids, at, at + 7)] = true
end
local elements = call('LRANGE', key, 0, -1)
for _, element in ipairs(elements) do
  if not gone[element] then
    kept[#kept + 1] = element
  end
end
if #kept == #elements then
  return 0
end
local ttl = call('PTTL', key)
call('DEL', key)
for first = 1, #kept, 1000 do
  call('RPUSH', key, unpack(kept, first, math.min(first + 999, #kept)))
end
if ttl > 0 and #kept > 0 then
  call('PEXPIRE', key, ttl)
end
return #elements - #kept
