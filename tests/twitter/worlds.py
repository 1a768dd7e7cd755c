"""Worlds for tests: the small one, seeded once and kept, and tiny ones made by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.follows import celebrity_line, lists, turned
from trainer.twitter.world.population import (
    DAY_MS,
    ENDS_AT_MS,
    NONE,
    REPLIED,
    REPLY,
    RETWEET,
    RETWEETED,
    TWEET,
    Accounts,
    Engagements,
    Planted,
    Population,
    Tweets,
)
from trainer.twitter.world.seeding import seed_world, write_world
from trainer.twitter.world.value import DEFAULT_THRESHOLD, World

SMALL_ACCOUNTS = 2_000
SMALL_THRESHOLD = celebrity_line(SMALL_ACCOUNTS)  # 1,333: one account at it, one below, ten above
MINUTE_MS = 60_000


def small_world(name: str = "small") -> World:
    """The base world of 2,000 accounts of seed 1, committed: made by whoever needs it first, and
    again after a transactional test has emptied the tables. Ask for it before the test's own
    transaction has touched a tweet."""
    return seed_world(name, SMALL_ACCOUNTS, 1, threshold=SMALL_THRESHOLD)


def tiny_world(
    population: Population, *, name: str = "tiny", threshold: int = DEFAULT_THRESHOLD
) -> World:
    """A base world of a population made by hand, in the test's own transaction."""
    return write_world(population, name, threshold=threshold)


@dataclass(frozen=True)
class Person:
    """An account; days before the base's end."""

    handle: str
    region: int = 0
    quality: float = 0.5
    is_premium: bool = False
    created_days: float = 900.0
    last_active_days: float = 0.5


@dataclass(frozen=True)
class Post:
    """A tweet of account `author` (its id), so many minutes before the base's end; `reply_to` and
    `retweet_of` are places in the list of posts."""

    author: int
    minutes: float
    text: str = ""
    reply_to: int | None = None
    retweet_of: int | None = None

    @property
    def parent(self) -> int | None:
        return self.retweet_of if self.reply_to is None else self.reply_to


@dataclass(frozen=True)
class Deed:
    """What account `account` (its id) did with the post at place `post`."""

    account: int
    post: int
    kind: int
    minutes: float = 1.0


def people(count: int) -> list[Person]:
    """`count` accounts: a1, a2, ..."""
    return [Person(f"a{number}") for number in range(1, count + 1)]


def population_of(
    accounts: Sequence[Person],
    follows: Iterable[tuple[int, int]] = (),
    posts: Sequence[Post] = (),
    deeds: Sequence[Deed] = (),
) -> Population:
    """A population by hand. Accounts are named by their ids, from 1 in the order given; `follows`
    are (follower, followee); posts must be given oldest first. A reply and a retweet make their
    engagement themselves."""
    count = len(accounts)
    keys = sorted({(followee - 1) * count + follower - 1 for follower, followee in follows})
    followers = lists(np.array(keys, dtype=np.int64), count)
    return Population(
        0,
        Accounts(
            [person.handle for person in accounts],
            [person.handle.title() for person in accounts],
            np.array([person.region for person in accounts], dtype=np.int16),
            np.array([person.quality for person in accounts], dtype=np.float64),
            np.array([person.is_premium for person in accounts], dtype=bool),
            _before_end([person.created_days * DAY_MS for person in accounts]),
            _before_end([person.last_active_days * DAY_MS for person in accounts]),
        ),
        turned(followers),
        followers,
        _tweets(posts),
        _engagements(posts, deeds),
        _nothing_planted(count, len(posts)),
    )


def _tweets(posts: Sequence[Post]) -> Tweets:
    at_ms = _before_end([post.minutes * MINUTE_MS for post in posts])
    assert (np.diff(at_ms) >= 0).all(), "give the posts oldest first"
    return Tweets(
        np.array([post.author - 1 for post in posts], dtype=np.int32),
        at_ms,
        np.array([_kind(post) for post in posts], dtype=np.int8),
        np.array([NONE if p.parent is None else p.parent for p in posts], dtype=np.int32),
        [post.text for post in posts],
    )


def _engagements(posts: Sequence[Post], deeds: Sequence[Deed]) -> Engagements:
    own = [
        Deed(post.author, post.parent, REPLIED if _kind(post) == REPLY else RETWEETED, post.minutes)
        for post in posts
        if post.parent is not None
    ]
    every = sorted([*own, *deeds], key=lambda deed: (deed.account, deed.post, deed.kind))
    return Engagements(
        np.array([deed.account - 1 for deed in every], dtype=np.int32),
        np.array([deed.post for deed in every], dtype=np.int32),
        np.array([deed.kind for deed in every], dtype=np.int8),
        _before_end([deed.minutes * MINUTE_MS for deed in every]),
    )


def _kind(post: Post) -> int:
    if post.reply_to is not None:
        return REPLY
    return TWEET if post.retweet_of is None else RETWEET


def _before_end(ms: Sequence[float]) -> np.ndarray:
    return ENDS_AT_MS - np.array(ms, dtype=np.float64).astype(np.int64)


def _nothing_planted(accounts: int, tweets: int) -> Planted:
    return Planted(
        np.zeros(accounts, dtype=np.int16),
        np.zeros(1, dtype=np.int16),
        np.ones((accounts, 1), dtype=np.float32),
        np.ones(accounts, dtype=np.float32),
        np.zeros(accounts, dtype=bool),
        np.zeros(tweets, dtype=np.int16),
    )
