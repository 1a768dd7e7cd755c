"""A base world small enough to be known by heart: eight accounts and their tweets, written row by
row. The base's stamps are of a threshold of 3 followers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from tests.twitter.oracle import EPOCH, RETWEET, TWEET, tags
from trainer.twitter.search import document
from trainer.twitter.trends.models import TrendMention
from trainer.twitter.tweets.models import Delivery, Tweet
from trainer.twitter.world.models import Account, BaseGraph, WorldRecord
from trainer.twitter.world.value import World

ENDS_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
THRESHOLD = 3
HANDLES = ("ann", "ben", "cem", "dot", "eva", "fox", "gus", "hal")
ACCOUNTS = range(1, len(HANDLES) + 1)
DORMANT = 8  # was not there for two months: pushes leave him out
# Whom each account follows.
FOLLOWING: dict[int, Sequence[int]] = {
    1: (2, 3, 4),
    2: (1, 3),
    3: (1,),
    4: (1, 5),
    5: (1, 2, 6),
    6: (),
    7: (4, 6),
    8: (1, 2, 4),
}
# (author, text), or (author, the line of the tweet that is retweeted); one a minute.
HISTORY: Sequence[tuple[int, str | int]] = (
    (1, "granite and slate"),
    (2, "copper kettle #harbor"),
    (3, "granite copper #harbor #winter"),
    (4, 0),
    (5, 1),
    (6, "a quiet kettle"),
    (7, 2),
    (6, 1),
    (4, "slate roof #winter"),
    (2, 0),
    (1, 5),
    (5, "copper roof"),
    (1, "last of the day #harbor"),
)


def snowflake(at: datetime, sequence: int) -> int:
    return ((at - EPOCH) // timedelta(milliseconds=1) << 22) | sequence


def followers_of(account_id: int) -> list[int]:
    return [reader for reader, following in FOLLOWING.items() if account_id in following]


@dataclass(frozen=True)
class Village:
    world: World
    tweet_ids: Sequence[int]


def build() -> Village:
    """The base world with all its rows, as seeding would have left them."""
    record = WorldRecord.objects.create(
        public_id="village",
        name="village",
        accounts=len(HANDLES),
        state=WorldRecord.State.READY,
        progress=1.0,
        threshold=THRESHOLD,
        started_at=ENDS_AT,
        ends_at=ENDS_AT,
    )
    Account.objects.bulk_create(_accounts(record.id))
    BaseGraph.objects.bulk_create(
        BaseGraph(
            world_id=record.id,
            account_id=account_id,
            following=sorted(FOLLOWING[account_id]),
            followers=followers_of(account_id),
        )
        for account_id in ACCOUNTS
    )
    written = _tweets(record.id)
    Tweet.objects.bulk_create(written)
    _index(record.id)
    TrendMention.objects.bulk_create(_mentions(written))
    world = World(
        id=record.id,
        public_id=record.public_id,
        base=None,
        threshold=record.threshold,
        viral_after=record.viral_after,
        started_at=record.started_at,
        ends_at=record.ends_at,
    )
    return Village(world, [tweet.id for tweet in written])


def _accounts(world_id: int) -> Iterable[Account]:
    for account_id, handle in zip(ACCOUNTS, HANDLES, strict=True):
        away = timedelta(days=60 if account_id == DORMANT else 1)
        yield Account(
            world_id=world_id,
            id=account_id,
            handle=handle,
            name=handle.title(),
            region=account_id % 3,
            quality=0.5,
            is_premium=False,
            followers_count=len(followers_of(account_id)),
            following_count=len(FOLLOWING[account_id]),
            created_at=ENDS_AT - timedelta(days=900),
            last_active_at=ENDS_AT - away,
        )


def _tweets(world_id: int) -> list[Tweet]:
    made: list[Tweet] = []
    for line, (author_id, what) in enumerate(HISTORY):
        original = made[what] if isinstance(what, int) else None
        at = ENDS_AT - timedelta(minutes=len(HISTORY) - line)
        many = len(followers_of(author_id)) >= THRESHOLD
        made.append(
            Tweet(
                world_id=world_id,
                id=snowflake(at, line),
                author_id=author_id,
                kind=TWEET if original is None else RETWEET,
                text=what if isinstance(what, str) else "",
                retweet_of=original and original.id,
                original_author_id=original and original.author_id,
                delivery=Delivery.PULL if many else Delivery.PUSH,
                retweet_count=sum(line == again for _, again in HISTORY),
            )
        )
    return made


def _index(world_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO twitter_searchdocument (world_id, tweet_id, author_id, tsv)"
            f" SELECT world_id, id, author_id, {document.tsvector()} FROM twitter_tweet"
            " WHERE world_id = %s AND kind <> %s",
            [world_id, RETWEET],
        )


def _mentions(written: Iterable[Tweet]) -> Iterable[TrendMention]:
    for tweet in written:
        for tag in sorted(tags(tweet.text)):
            yield TrendMention(
                world_id=tweet.world_id,
                tweet_id=tweet.id,
                term=tag,
                minute=minute_of(tweet.id),
                author_id=tweet.author_id,
                region=tweet.author_id % 3,
                weight=0.5,
            )


def minute_of(tweet_id: int) -> int:
    """The unix minute of world time in which it was posted."""
    return int((EPOCH + timedelta(milliseconds=tweet_id >> 22)).timestamp()) // 60
