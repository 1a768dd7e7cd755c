"""Reading timelines out of Redis. A list comes as one string: eight hundred elements as eight
hundred replies would cost redis-py more than all the rest of a page."""

from collections.abc import Sequence

from trainer.resilience.scripts import Client, Script, run
from trainer.twitter.timelines.scripts import TTL_S
from trainer.twitter.timelines.window import Window, parse

_READ = Script("""
local joined = {}
for i, key in ipairs(KEYS) do
  joined[i] = table.concat(redis.call('LRANGE', key, 0, -1))
  redis.call('EXPIRE', key, ARGV[1])
end
return joined
""")


def read(redis: Client, list_keys: Sequence[bytes]) -> list[Window | None]:
    """The windows of lists of one slot, None where nobody has verified one; keeps them alive."""
    return [parse(blob) for blob in run(redis, _READ, list_keys, [TTL_S])]
