-- To each timeline of one bucket its own tweet ids, all of them in one command.
-- KEYS[1] prefix of the keys. ARGV: tweet ids (8 bytes each), RPUSH or RPUSHX, length of a full
-- timeline, how much longer it may grow, seconds to live; then account ids (4 bytes each, the rest
-- of a key), how many tweets each gets (a byte each), which (a byte each: its place in the first).
-- Returns the account ids (4 bytes each) that were skipped: RPUSHX found no timeline.
local prefix, ids, command, keep, ttl = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[5]
local most = keep + tonumber(ARGV[4])
local accounts, counts, places = ARGV[6], ARGV[7], ARGV[8]
local id = {}
for at = 1, #ids, 8 do
  id[#id + 1] = sub(ids, at, at + 7)
end

-- A few ids without a table: making one takes longer than pushing.
local push = {
  function(key, a) return call(command, key, id[a]) end,
  function(key, a, b) return call(command, key, id[a], id[b]) end,
  function(key, a, b, c) return call(command, key, id[a], id[b], id[c]) end,
  function(key, a, b, c, d) return call(command, key, id[a], id[b], id[c], id[d]) end,
  function(key, a, b, c, d, e) return call(command, key, id[a], id[b], id[c], id[d], id[e]) end,
}
local values = {}
local function push_many(key, first, count)
  for n = 1, count do
    values[n] = id[byte(places, first + n - 1)]
  end
  return call(command, key, unpack(values, 1, count))
end

local skipped, first = {}, 1
for n = 1, #counts do
  local account = sub(accounts, n * 4 - 3, n * 4)
  local key, count, length = prefix .. account, byte(counts, n), nil
  if count == 1 then
    length = call(command, key, id[byte(places, first)])
  elseif count <= 5 then
    length = push[count](key, byte(places, first, first + count - 1))
  else
    length = push_many(key, first, count)
  end
  first = first + count
  if length > most then
    trim(key, keep)
  elseif length == 0 then
    skipped[#skipped + 1] = account
  elseif length == count then
    call('EXPIRE', key, ttl)
  end
end
return table.concat(skipped)
