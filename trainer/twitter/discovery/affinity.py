"""The interaction graph: how strongly an account is drawn to the authors it does things with.

A pure function of the log of engagements (replies and retweets are in it as well): the sum, over
what account A did with tweets of author B, of the kind's strength, halved every HALF_LIFE. The
base's part is computed when asked for. The overlay's is kept in a table, which a consumer
recomputes for each account that did something: a job that comes twice or late changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from trainer.twitter.discovery.strengths import HALF_LIFE, STRENGTH
from trainer.twitter.outbox import Job
from trainer.twitter.world import ids
from trainer.twitter.world.value import World

# Each recomputation sees what was committed before it began, so two for one account must not
# overlap: the later would write what the earlier saw.
_LOCK = """
SELECT pg_advisory_xact_lock(world_id, actor_id)
  FROM (SELECT * FROM unnest(%(worlds)s::int4[], %(actors)s::int4[]) AS a (world_id, actor_id)
         ORDER BY 1, 2) AS ordered
"""
_FORGET = """
DELETE FROM twitter_affinity f
 USING unnest(%(worlds)s::int4[], %(actors)s::int4[]) AS a (world_id, actor_id)
 WHERE f.world_id = a.world_id AND f.actor_id = a.actor_id
"""
_STRENGTHS = "unnest(%(kinds)s::int2[], %(strengths)s::float8[]) AS s (kind, strength)"
# Summed as of the newest act, which divides every term by the same: 2^((at - newest) / half-life).
_RECOMPUTE = f"""
INSERT INTO twitter_affinity (world_id, actor_id, author_id, weight, last_at)
SELECT world_id, actor_id, author_id,
       sum(strength * power(2, extract(epoch FROM at - newest) / %(half_life_s)s)), newest
  FROM (SELECT a.world_id, a.actor_id, t.author_id, s.strength, e.at,
               max(e.at) OVER (PARTITION BY a.world_id, a.actor_id, t.author_id) AS newest
          FROM unnest(%(worlds)s::int4[], %(bases)s::int4[], %(actors)s::int4[])
               AS a (world_id, base_id, actor_id)
          JOIN twitter_engagement e ON e.world_id = a.world_id AND e.account_id = a.actor_id
          JOIN {_STRENGTHS} ON s.kind = e.kind
          JOIN LATERAL (SELECT author_id FROM twitter_tweet
                         WHERE world_id IN (a.world_id, a.base_id) AND id = e.tweet_id
                         LIMIT 1) AS t ON t.author_id <> a.actor_id
         WHERE e.is_active) AS acts
 GROUP BY world_id, actor_id, author_id, newest
"""  # noqa: S608 (no part of it comes from outside)
# What the overlay took back of the base is an inactive row over it.
_AFFINITIES = f"""
SELECT author_id, sum(weight * power(2, extract(epoch FROM last_at - %(at)s) / %(half_life_s)s))
  FROM (SELECT t.author_id, s.strength AS weight, e.at AS last_at
          FROM twitter_engagement e
          JOIN {_STRENGTHS} ON s.kind = e.kind
          JOIN twitter_tweet t ON t.world_id = e.world_id AND t.id = e.tweet_id
         WHERE e.world_id = %(base)s AND e.account_id = %(actor)s AND e.is_active
           AND t.author_id <> %(actor)s
           AND NOT EXISTS (
               SELECT FROM twitter_engagement over
                WHERE over.world_id = %(overlay)s AND over.account_id = e.account_id
                  AND over.tweet_id = e.tweet_id AND over.kind = e.kind)
         UNION ALL
        SELECT author_id, weight, last_at FROM twitter_affinity
         WHERE world_id = %(overlay)s AND actor_id = %(actor)s) AS parts
 GROUP BY author_id
"""  # noqa: S608 (as above)


def handle(jobs: Sequence[Job]) -> None:
    """Bring the overlay's rows of every account that did something up to its log.

    Within the transaction that deletes the outbox rows; doing it again changes nothing.
    """
    touched = {(job.world.id, job.world.root.id, _actor(job)) for job in jobs}
    worlds, bases, actors = zip(*sorted(touched), strict=True)
    wanted = {"worlds": list(worlds), "bases": list(bases), "actors": list(actors)}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, wanted)
        cursor.execute(_FORGET, wanted)
        cursor.execute(_RECOMPUTE, {**wanted, **_parameters()})


def affinities(world: World, account_id: int, *, at: datetime | None = None) -> dict[int, float]:
    """What the account is drawn to, by author id, as of `at` (world time; None: the base's end).
    Another instant multiplies all of them by the same number. Raises UnknownAccount for what no
    account's id can be."""
    wanted: dict[str, Any] = {
        "base": world.root.id,
        "overlay": world.id if world.is_overlay else None,
        "actor": ids.account_id(account_id),
        "at": at or world.ends_at,
        **_parameters(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_AFFINITIES, wanted)
        return {author_id: float(weight) for author_id, weight in cursor.fetchall()}


def _actor(job: Job) -> int:
    """Who did it: in the payload of an engagement, or the author of a tweet."""
    return int(job.payload.get("account_id", job.payload["author_id"]))


def _parameters() -> dict[str, Any]:
    return {
        "kinds": list(STRENGTH),
        "strengths": list(STRENGTH.values()),
        "half_life_s": HALF_LIFE.total_seconds(),
    }
