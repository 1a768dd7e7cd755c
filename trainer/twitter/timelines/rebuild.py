"""Rebuilding a reader's list from Postgres: one reader does it, the others wait for it.

Pushes go on meanwhile, and none may be lost. So the list is first emptied down to the marker
BUILDING (what was in it is committed, so Postgres has it), and only then is Postgres asked. What is
pushed from here on stays in the list, behind the marker, and is kept when the answer comes in. An
inactive reader is pushed to only where a list exists: with the marker, it does.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from trainer.resilience.scripts import Client, Script, run
from trainer.resilience.single_flight import LOCK_MS, PATIENCE_S, POLL_S, StillMissing
from trainer.twitter import keys
from trainer.twitter.timelines.lists import read
from trainer.twitter.timelines.scripts import TTL_S
from trainer.twitter.timelines.window import BUILDING, Window, packed, parse

# Fails for a list that somebody has meanwhile verified, or is rebuilding.
_BEGIN = Script("""
local list, lock = KEYS[1], KEYS[2]
local token, lock_ms, building, ttl_s = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local head = redis.call('LINDEX', list, 0)
if head and head ~= building and string.byte(head) >= 128 then return 0 end
if not redis.call('SET', lock, token, 'NX', 'PX', lock_ms) then return 0 end
redis.call('DEL', list)
redis.call('RPUSH', list, building)
redis.call('EXPIRE', list, ttl_s)
return 1
""")
# Fails when the lock went to another, or the marker is gone: the list was lost with what had been
# pushed meanwhile, or so much was pushed that some of it was trimmed away.
_FINISH = Script("""
local list, lock = KEYS[1], KEYS[2]
local token, building, ttl_s, rebuilt = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('GET', lock) ~= token then return false end
redis.call('DEL', lock)
local pushed = redis.call('LRANGE', list, 0, -1)
if pushed[1] ~= building then return false end
redis.call('DEL', list)
for i = 1, #rebuilt, 8 do redis.call('RPUSH', list, string.sub(rebuilt, i, i + 7)) end
for i = 2, #pushed do
  if string.byte(pushed[i]) < 128 then redis.call('RPUSH', list, pushed[i]) end
end
redis.call('EXPIRE', list, ttl_s)
return table.concat(redis.call('LRANGE', list, 0, -1))
""")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`by_us`: whether this call did it, or waited for another's."""

    window: Window
    by_us: bool


def rebuild(
    redis: Client,
    world_id: int,
    account_id: int,
    snapshot: Callable[[], Window],
    *,
    lock_ms: int = LOCK_MS,
    patience_s: float = PATIENCE_S,
) -> Rebuilt:
    """The window of one level's list that was found unverified.

    `snapshot` reads it from Postgres, as committed at the moment it is called. Raises StillMissing,
    and what redis-py and `snapshot` raise.
    """
    list_key, lock_key = keys.home(world_id, account_id), keys.home_lock(world_id, account_id)
    touched, token = (list_key, lock_key), secrets.token_hex()
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if run(redis, _BEGIN, touched, (token, lock_ms, BUILDING, TTL_S)):
            rebuilt = packed(snapshot())
            done = run(redis, _FINISH, touched, (token, BUILDING, TTL_S, rebuilt))
            window = parse(done or b"")
            if window is not None:
                return Rebuilt(window, by_us=True)
        else:
            (window,) = read(redis, [list_key])
            if window is not None:
                return Rebuilt(window, by_us=False)
            time.sleep(POLL_S)
    raise StillMissing(f"the list {list_key!r}")
