"""Other ways to deliver one tweet to many timelines, for `bench fanout` to compare with."""

from collections.abc import Iterator

import numpy as np
from redis import Redis

from trainer.resilience.scripts import Argument, Script, run
from trainer.twitter import keys
from trainer.twitter.graph.packed import Ids, by_bucket, pack
from trainer.twitter.timelines.scripts import SLACK
from trainer.twitter.timelines.window import LENGTH

PER_PIPELINE = 1000  # followers
REBLOG_FALLOFF = 40  # Mastodon's: how far down a boost is looked for

# All that is left when no client takes part: walk a packed list of followers that is in the server
# already, bucket by bucket, and do the same command on the same kind of key, with the same look at
# the length. Nothing else is done for a follower: a slower loop would be no limit.
_LIMIT = Script("""
local accounts, id, most = redis.call('GET', KEYS[1]), ARGV[1], tonumber(ARGV[2])
local call, sub = redis.call, string.sub
local first = 1
for n = 3, #ARGV, 2 do
  local prefix, last = ARGV[n], first + 4 * tonumber(ARGV[n + 1]) - 1
  for at = first, last, 4 do
    if call('RPUSH', prefix .. sub(accounts, at, at + 3), id) > most then
      return redis.error_reply('the lists of the bench are full')
    end
  end
  first = last + 1
end
""")


class ServerLimit:
    """One script, sent once, that works through everything. No more is to be had of one server by
    Lua; nobody else is served meanwhile."""

    def __init__(self, redis: Redis, world_id: int, followers: Ids) -> None:
        self.redis, self.world_id = redis, world_id
        self.key = followers_key(world_id)
        self.sizes = np.bincount(followers % keys.BUCKETS, minlength=keys.BUCKETS).tolist()
        redis.set(self.key, pack(by_bucket(followers)), ex=3600)

    def __call__(self, tweet_id: bytes) -> None:
        buckets: list[Argument] = []
        for bucket, size in enumerate(self.sizes):
            buckets += [keys.home_prefix(self.world_id, bucket), size]
        run(self.redis, _LIMIT, [self.key], [tweet_id, LENGTH + SLACK, *buckets])


def followers_key(world_id: int) -> bytes:
    return b"bench-followers:%d" % world_id


def pipelined(redis: Redis, world_id: int, followers: Ids, tweet_id: bytes) -> None:
    """LPUSH and LTRIM for each follower, in redis-py pipelines."""
    for some in _some(followers):
        with redis.pipeline(transaction=False) as pipe:
            for account in some:
                key = keys.home(world_id, account)
                pipe.lpush(key, tweet_id)
                pipe.ltrim(key, 0, LENGTH - 1)
            pipe.execute()


def one_by_one(redis: Redis, world_id: int, followers: Ids, tweet_id: bytes) -> None:
    """An LPUSH for each follower, each waiting for its answer."""
    for account in followers.tolist():
        redis.lpush(keys.home(world_id, account), tweet_id)


def as_mastodon(redis: Redis, world_id: int, followers: Ids, tweet_id: int) -> None:
    """What Mastodon's feed manager sends for each follower of a plain post: is it there as a boost,
    add it to a sorted set, cut that, find the score from which boosts are forgotten. Ruby asks one
    after the other; here a thousand followers share a pipeline wherever no answer is waited for.
    Left out: filters, the push to streams, and forgetting boosts, of which there are none."""
    for some in _some(followers):
        with redis.pipeline(transaction=False) as pipe:
            for account in some:
                pipe.zscore(keys.home(world_id, account) + b":reblogs", tweet_id)
            seen = pipe.execute()
            for account, boosted in zip(some, seen, strict=True):
                if boosted is None:
                    key = keys.home(world_id, account)
                    pipe.zadd(key, {str(tweet_id): tweet_id})
                    pipe.zremrangebyrank(key, 0, -LENGTH - 1)
                    pipe.zrevrange(key, REBLOG_FALLOFF, REBLOG_FALLOFF)
            pipe.execute()


def _some(followers: Ids) -> Iterator[list[int]]:
    for first in range(0, len(followers), PER_PIPELINE):
        yield followers[first : first + PER_PIPELINE].tolist()
