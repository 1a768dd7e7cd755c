"""What a reader tells the mixer, in overlays: what they were shown, and what is not for them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from trainer.twitter.errors import TooManyTweets, UnknownTweet
from trainer.twitter.graph.selectors import followers_count
from trainer.twitter.mixer.models import NotInterested
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.selectors import get_original
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

MOST_SEEN = 200  # at once: a whole ranked list
_ORIGINALS = """
SELECT id, coalesce(retweet_of, id) FROM twitter_tweet WHERE world_id = ANY(%s) AND id = ANY(%s)
"""
_MARK = """
INSERT INTO twitter_seen (world_id, account_id, tweet_id)
SELECT %s, %s, unnest(%s::bigint[]) ON CONFLICT DO NOTHING
"""


def mark_seen(world: World, account_id: int, tweet_ids: Sequence[int]) -> int:
    """Keep these tweets (of retweets: the originals) out of the account's ranked timelines to come;
    how many of them are new. A deleted tweet may be among them.

    Reading a timeline marks nothing: the client says what was on its screen.
    Raises TooManyTweets, UnknownTweet, UnknownAccount, BaseIsImmutable.
    """
    if len(tweet_ids) > MOST_SEEN:
        raise TooManyTweets(len(tweet_ids), MOST_SEEN)
    with transaction.atomic(), connection.cursor() as cursor:
        overlays.hold(world)
        followers_count(world, account_id)  # only to know that there is such an account
        originals = _originals(world, tweet_ids)
        cursor.execute(_MARK, [world.id, account_id, originals])
        return int(cursor.rowcount)


def not_interested(world: World, account_id: int, tweet_id: int, *, now: datetime) -> None:
    """Take the author of the tweet (of a retweet: of the original) out of the account's ranked
    timelines for a while; saying it again begins that anew.

    Raises UnknownTweet, UnknownAccount, BaseIsImmutable.
    """
    with transaction.atomic():
        overlays.hold(world)
        followers_count(world, account_id)
        author_id = get_original(world, tweet_id).author_id
        key = {"world_id": world.id, "account_id": account_id, "author_id": author_id}
        NotInterested.objects.bulk_create(
            [NotInterested(**key, at=world.now(now))],
            update_conflicts=True,
            unique_fields=list(key),
            update_fields=["at"],
        )


def _originals(world: World, tweet_ids: Sequence[int]) -> list[int]:
    """Sorted, so that two who mark the same do not wait for each other in a circle."""
    possible = [id for id in tweet_ids if 0 < id <= snowflake.GREATEST]
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINALS, [list(world.lineage), possible])
        original = dict(cursor.fetchall())
    for tweet_id in tweet_ids:
        if tweet_id not in original:
            raise UnknownTweet(tweet_id)
    return sorted(set(original.values()))
