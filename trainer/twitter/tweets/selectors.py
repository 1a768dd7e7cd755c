"""Reading tweets of a base and its overlay as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from trainer.twitter.errors import UnknownAccount, UnknownTweet
from trainer.twitter.storable import is_storable
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import EngagementKind
from trainer.twitter.world import ids
from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class Counts:
    """How many accounts did it; `replies` counts repliers."""

    likes: int
    retweets: int
    replies: int
    bookmarks: int
    clicks: int


@dataclass(frozen=True, slots=True)
class TweetRow:
    """A tweet that is there, with its author. `kind` and `delivery` are those of the model."""

    world_id: int
    id: int
    author_id: int
    handle: str
    name: str
    kind: int
    text: str
    retweet_of: int | None
    original_author_id: int | None
    reply_to: int | None
    delivery: int
    counts: Counts

    @property
    def posted_at(self) -> datetime:
        """In world time."""
        return snowflake.at(self.id)


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    handle: str
    name: str
    region: int
    quality: float
    is_premium: bool
    created_at: datetime
    followers: int
    following: int


# In the order of Counts.
COUNTED = (
    EngagementKind.LIKE,
    EngagementKind.RETWEET,
    EngagementKind.REPLY,
    EngagementKind.BOOKMARK,
    EngagementKind.CLICK,
)

_TWEETS = """
SELECT DISTINCT ON (t.id)
       t.is_deleted, t.world_id, t.id, t.author_id, a.handle, a.name, t.kind, t.text,
       t.retweet_of, t.original_author_id, t.reply_to, t.delivery,
       t.like_count, t.retweet_count, t.reply_count, t.bookmark_count, t.click_count
  FROM twitter_tweet t
  JOIN twitter_account a ON a.world_id = %(base)s AND a.id = t.author_id
 WHERE t.world_id = ANY(%(lineage)s) AND t.id = ANY(%(ids)s)
 ORDER BY t.id, t.world_id DESC
"""
# An inactive row of an overlay stands for an active one of the base that was taken back.
_ENGAGED_IN_OVERLAY = """
SELECT tweet_id, kind, sum(CASE WHEN is_active THEN 1 ELSE -1 END)
  FROM twitter_engagement WHERE world_id = %s AND tweet_id = ANY(%s) GROUP BY 1, 2
"""


def hydrate(world: World, tweet_ids: Sequence[int]) -> dict[int, TweetRow]:
    """The tweets with these ids that are there and not deleted, in two queries."""
    if not tweet_ids:
        return {}
    wanted: dict[str, Any] = {
        "base": world.root.id,
        "lineage": list(world.lineage),
        "ids": list(tweet_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TWEETS, wanted)
        rows = [row[1:] for row in cursor.fetchall() if not row[0]]
    more = _engaged_in_overlay(world, [row[1] for row in rows])
    return {row[1]: TweetRow(*(*row[:11], _counts(row, more))) for row in rows}


def get_tweet(world: World, tweet_id: int) -> TweetRow:
    """One tweet. Raises UnknownTweet, also for a deleted one."""
    found = hydrate(world, [tweet_id] if 0 < tweet_id <= snowflake.GREATEST else [])
    if tweet_id not in found:
        raise UnknownTweet(tweet_id)
    return found[tweet_id]


def get_original(world: World, tweet_id: int) -> TweetRow:
    """The tweet, or the one that it retweets. Raises UnknownTweet where either is gone."""
    tweet = get_tweet(world, tweet_id)
    return tweet if tweet.retweet_of is None else get_tweet(world, tweet.retweet_of)


def get_account(world: World, account: int | str) -> AccountRow:
    """An account by id or by handle (with or without @). Raises UnknownAccount."""
    by_id = isinstance(account, int)
    key = ids.account_id(account) if isinstance(account, int) else _handle(account)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT a.id, a.handle, a.name, a.region, a.quality, a.is_premium, a.created_at,
                   a.followers_count + coalesce(
                     (SELECT sum(CASE WHEN f.is_active THEN 1 ELSE -1 END) FROM twitter_follow f
                       WHERE f.world_id = %s AND f.followee_id = a.id), 0),
                   a.following_count + coalesce(
                     (SELECT sum(CASE WHEN f.is_active THEN 1 ELSE -1 END) FROM twitter_follow f
                       WHERE f.world_id = %s AND f.follower_id = a.id), 0)
              FROM twitter_account a
             WHERE a.world_id = %s AND {"a.id" if by_id else "a.handle"} = %s
            """,  # noqa: S608 (one of two column names)
            [world.id, world.id, world.root.id, key],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownAccount(account)
    return AccountRow(*row)


def _handle(text: str) -> str:
    if not is_storable(text):
        raise UnknownAccount(text)
    return text.removeprefix("@").lower()


def _engaged_in_overlay(world: World, tweet_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    if not world.is_overlay or not tweet_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ENGAGED_IN_OVERLAY, [world.id, list(tweet_ids)])
        return {(tweet_id, kind): int(n) for tweet_id, kind, n in cursor.fetchall()}


def _counts(row: tuple[Any, ...], more: dict[tuple[int, int], int]) -> Counts:
    return Counts(
        *(
            in_base + more.get((row[1], kind), 0)
            for in_base, kind in zip(row[11:], COUNTED, strict=True)
        )
    )
