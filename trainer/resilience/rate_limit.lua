-- A token bucket, taken from and refilled in one step.
-- KEYS[1] bucket: "<level> <at>", the level in units, the time in microseconds; missing = full
-- ARGV: units of a full bucket, units gained a microsecond, units asked for,
--       microseconds of now ("" = this server's clock)
-- Returns {1 allowed | 0 not, level in units after, microseconds to wait for what was asked}.
-- All numbers are whole and below 2^50, which the caller checks, so that doubles are exact.
local full, gain, asked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local level, at = full, now
local stored = redis.call('GET', KEYS[1])
if stored then
  local kept_level, kept_at = string.match(stored, '^(%d+) (%d+)$')
  if kept_level then
    -- A limit made smaller counts at once; a clock that was set back gains nothing.
    level, at = math.min(tonumber(kept_level), full), math.min(tonumber(kept_at), now)
  end
end
-- Compared before multiplied: a long idle time would pass 2^53.
local passed, to_full = now - at, math.ceil((full - level) / gain)
level = passed >= to_full and full or level + passed * gain

local allowed, wait = 0, 0
if level >= asked then
  allowed, level = 1, level - asked
else
  wait = math.ceil((asked - level) / gain)
end
-- A full bucket need not be kept. A minute more, for a clock that is set back.
local keep_ms = math.ceil((full - level) / gain / 1000) + 60000
redis.call('SET', KEYS[1], string.format('%.0f %.0f', level, now), 'PX', string.format('%.0f', keep_ms))
return {allowed, level, wait}
