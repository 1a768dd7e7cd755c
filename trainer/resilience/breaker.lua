-- A circuit breaker: one step of it. The rules are those of breaker_rules.py, line by line.
-- KEYS[1] breaker: "<generation> <opened> <probe> <prober> [<failure> ...]", times in microseconds,
--         "-" for none; missing = closed, never asked
-- ARGV: "ask" | "report" | "look", failures, window, open, lease (microseconds),
--       microseconds of now ("" = this server's clock),
--       ask: who would probe; report: token, "1" when the call went well
-- Returns {state after, microseconds to wait | 0, generation, 1 allowed or counted | 0, prober,
--          age of a failure in microseconds ...}
-- Times are below 2^53, so that doubles are exact.
local command, most = ARGV[1], tonumber(ARGV[2])
local window, open_for, lease = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local now = tonumber(ARGV[6])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local function past(text)  -- a time, not in the future; nil for "-"
  local at = tonumber(text)
  return at and math.min(at, now)
end

local generation, opened, probe, prober, failures = now, nil, nil, '-', {}
local stored = redis.call('GET', KEYS[1])
local kept_generation, kept_opened, kept_probe, kept_prober, rest
if stored then
  kept_generation, kept_opened, kept_probe, kept_prober, rest =
    string.match(stored, '^(%d+) ([%d-]+) ([%d-]+) (%S+)(.*)$')
end
if kept_generation then
  generation, prober = tonumber(kept_generation), kept_prober
  opened, probe = past(kept_opened), past(kept_probe)
  for at in string.gmatch(rest, '%d+') do
    if now - tonumber(at) <= window then failures[#failures + 1] = past(at) end
  end
elseif command == 'report' then
  return {'closed', 0, now, 0, '-'}
end

local function name_and_wait()
  if not opened then return 'closed', 0 end
  if probe then return 'half-open', math.max(0, probe + lease - now) end
  local wait = opened + open_for - now
  if wait > 0 then return 'open', wait end
  return 'half-open', 0
end

local function fail()
  failures[#failures + 1] = now
  while #failures > most do table.remove(failures, 1) end
  if opened or #failures >= most then
    generation, opened, probe, prober = generation + 1, now, nil, '-'
  end
end

local name, wait = name_and_wait()
local done = 0
if command == 'ask' then
  if name == 'closed' then
    done = 1
  elseif wait == 0 then
    done, generation, probe, prober = 1, generation + 1, now, ARGV[7]
    name = 'half-open'
  end
elseif command == 'report' and tonumber(ARGV[7]) == generation then
  done = 1
  if ARGV[8] ~= '1' then
    fail()
  elseif opened then
    generation, opened, probe, prober, failures = generation + 1, nil, nil, '-', {}
  end
  name, wait = name_and_wait()
end

local reply = {name, wait, generation, done, prober}
local function written(at) return at and string.format('%.0f', at) or '-' end
local text = {written(generation), written(opened), written(probe), prober}
for n, at in ipairs(failures) do
  reply[5 + n] = now - at
  text[4 + n] = written(at)
end
if command ~= 'look' then
  -- A closed breaker says nothing once its window is empty; a minute more, for calls that are
  -- under way. One that is open must be probed when it is next asked, even if that is late.
  local keep_ms = opened and 86400000 or math.ceil(window / 1000) + 60000
  redis.call('SET', KEYS[1], table.concat(text, ' '), 'PX', string.format('%.0f', keep_ms))
end
return reply
