"""A base world of people who can be told what to say, and when."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from trainer.twitter.outbox import Event, Job
from trainer.twitter.trends.models import TrendMention
from trainer.twitter.trends.selectors import TrendPage, trends
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Delivery, Kind, Tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.models import Account, WorldRecord
from trainer.twitter.world.value import World

ENDS_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
REGIONS = 4
PEOPLE = range(1, 1101)
NEWBORN = range(1101, 1201)  # made the day before
QUALITY = 0.5
HOUR = timedelta(hours=1)
_sequence = count(1)

Saying = tuple[int, float, str]  # an account, minutes since ENDS_AT, a text


def build() -> World:
    """The base, in which nobody has said anything yet."""
    record = WorldRecord.objects.create(
        public_id="town",
        name="town",
        accounts=len(PEOPLE) + len(NEWBORN),
        state=WorldRecord.State.READY,
        started_at=ENDS_AT,
        ends_at=ENDS_AT,
    )
    Account.objects.bulk_create(_account(record.id, number) for number in (*PEOPLE, *NEWBORN))
    return overlays.get_base("town")


def _account(world_id: int, number: int) -> Account:
    return Account(
        world_id=world_id,
        id=number,
        handle=f"person{number}",
        name=f"Person {number}",
        region=number % REGIONS,
        quality=QUALITY,
        is_premium=False,
        followers_count=0,
        following_count=0,
        created_at=ENDS_AT - timedelta(days=1 if number in NEWBORN else 900),
        last_active_at=ENDS_AT,
    )


def overlay(base: World) -> World:
    """Its clock begins to run at ENDS_AT of real time too: world time is real time."""
    return overlays.create_overlay(base, now=ENDS_AT)


def store(world: World, said: Iterable[Saying]) -> list[Tweet]:
    tweets = [_tweet(world, *one) for one in said]
    return Tweet.objects.bulk_create(tweets)


def _tweet(world: World, author_id: int, minute: float, text: str) -> Tweet:
    ms = snowflake.ms_since_epoch(ENDS_AT + timedelta(minutes=minute))
    return Tweet(
        world_id=world.id,
        id=snowflake.compose(ms, next(_sequence)),
        author_id=author_id,
        kind=Kind.TWEET,
        text=text,
        delivery=Delivery.PUSH,
    )


def posted(world: World, tweets: Iterable[Tweet]) -> list[Job]:
    return [
        _job(world, Event.POSTED, {"tweet_id": tweet.id, "author_id": tweet.author_id})
        for tweet in tweets
    ]


def deleted(world: World, tweets: Iterable[Tweet]) -> list[Job]:
    return [
        _job(
            world,
            Event.DELETED,
            {"tweet_id": tweet.id, "author_id": tweet.author_id, "tweet_kind": tweet.kind},
        )
        for tweet in tweets
    ]


def _job(world: World, kind: str, payload: dict[str, int]) -> Job:
    return Job(next(_sequence), world, kind, payload, ENDS_AT, ENDS_AT)


def people(
    tag: str, count: int, *, first: int = 1, within: int = 55, every: int = 1
) -> list[Saying]:
    """That many accounts mention the tag, one after the other; each `every`th account."""
    return [
        (first + n * every, 1 + n * within / count, f"word number {n} #{tag}") for n in range(count)
    ]


def page(world: World, region: int | None = None, after: timedelta = HOUR) -> TrendPage:
    """The trends an hour after the base's end."""
    return trends(world, region=region, at=ENDS_AT + after)


def names(listed: Sequence) -> list[str]:
    return [trend.term for trend in listed]


def base_mentions(base: World, tag: str, said: Sequence[Saying]) -> list[Tweet]:
    """As seeding leaves them: tweets of the base with their mentions."""
    tweets = store(base, said)
    TrendMention.objects.bulk_create(
        TrendMention(
            world_id=base.id,
            tweet_id=tweet.id,
            term=tag,
            minute=int(snowflake.at(tweet.id).timestamp()) // 60,
            author_id=tweet.author_id,
            region=tweet.author_id % REGIONS,
            weight=QUALITY,
        )
        for tweet in tweets
    )
    return tweets
