"""What every timeline, search result and trend count must equal, over the Postgres rows alone.

Naive on purpose: all rows are loaded and each rule of the definition is one line of Python, so that
it can be believed by reading it. Nothing of the product is used but a world's two ids. Only for
worlds of a few thousand tweets.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from trainer.twitter.world.value import World

TWEET, REPLY, RETWEET = 1, 2, 3
EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)


@dataclass(frozen=True)
class Tweet:
    id: int
    author_id: int
    kind: int
    text: str
    retweet_of: int | None
    original_author_id: int | None
    is_deleted: bool

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(milliseconds=self.id >> 22)


@dataclass(frozen=True)
class Count:
    """How often a term is mentioned in a window, and by how many accounts."""

    mentions: int
    authors: int


def lineage(world: World) -> list[int]:
    return [world.id] if world.base is None else [world.base.id, world.id]


def rows(world: World, sql: str) -> list[tuple]:
    """The rows of the base and then those of the overlay."""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE world_id = ANY(%s) ORDER BY world_id", [lineage(world)])
        return cursor.fetchall()


def tweets(world: World) -> dict[int, Tweet]:
    """Every tweet by id; the overlay's row of a tweet stands in front of the base's."""
    found = rows(
        world,
        "SELECT id, author_id, kind, text, retweet_of, original_author_id, is_deleted"
        " FROM twitter_tweet",
    )
    return {row[0]: Tweet(*row) for row in found}


def live_tweets(world: World) -> dict[int, Tweet]:
    """Those that are not deleted; a retweet goes with its original."""
    standing = {id: tweet for id, tweet in tweets(world).items() if not tweet.is_deleted}
    return {
        id: tweet
        for id, tweet in standing.items()
        if tweet.kind != RETWEET or tweet.retweet_of in standing
    }


def follows(world: World) -> set[tuple[int, int]]:
    """Every (follower, followee): the base's, changed by the overlay's."""
    found = {
        (follower, followee)
        for follower, following in rows(
            world, "SELECT account_id, following FROM twitter_basegraph"
        )
        for followee in following
    }
    for follower, followee, is_active in rows(
        world, "SELECT follower_id, followee_id, is_active FROM twitter_follow"
    ):
        found.discard((follower, followee))
        if is_active:
            found.add((follower, followee))
    return found


def words(text: str) -> list[str]:
    """The lower-case words of a text, in order; a hashtag is found as a word too."""
    return re.findall(r"[^\W_]+", text.lower())


def tags(text: str) -> set[str]:
    return set(re.findall(r"#(\w+)", text.lower()))


def is_phrase_of(phrase: list[str], text: list[str]) -> bool:
    return any(text[i : i + len(phrase)] == phrase for i in range(len(text)))


class Truth:
    """What holds in a world at the moment of asking for its truth."""

    def __init__(self, world: World) -> None:
        self.live = live_tweets(world)
        self.follows = follows(world)
        self.newest_first = sorted(self.live.values(), key=lambda tweet: tweet.id, reverse=True)

    def following(self, reader: int) -> set[int]:
        return {followee for follower, followee in self.follows if follower == reader}

    def home(self, reader: int) -> list[int]:
        """The ids of the canonical home timeline of `reader`, whole, newest first."""
        followees = self.following(reader)
        kept: list[int] = []
        shown: set[int | None] = set()
        for tweet in self.newest_first:
            if tweet.author_id not in followees:
                continue
            if tweet.kind == RETWEET:
                if tweet.original_author_id in followees:
                    continue  # the native entry stands for it
                if tweet.original_author_id == reader:
                    continue  # nobody is shown their own tweets
                if tweet.retweet_of in shown:
                    continue  # a newer retweet of the same original is shown
                shown.add(tweet.retweet_of)
            kept.append(tweet.id)
        return kept

    def search(
        self,
        *,
        phrases: Sequence[str] = (),
        tagged: Sequence[str] = (),
        author_id: int | None = None,
    ) -> list[int]:
        """The ids of the tweets and replies that have every phrase (or single word) and every tag,
        and are by this author if one is named; newest first."""
        return [
            tweet.id
            for tweet in self.newest_first
            if tweet.kind != RETWEET
            and all(is_phrase_of(words(phrase), words(tweet.text)) for phrase in phrases)
            and set(tagged) <= tags(tweet.text)
            and author_id in {None, tweet.author_id}
        ]

    def mentions(self, since: datetime, until: datetime) -> Iterator[tuple[str, int]]:
        """(tag, author) of every tweet and reply in the window; a tag counts once a tweet."""
        for tweet in self.newest_first:
            if tweet.kind != RETWEET and since <= tweet.at < until:
                for tag in tags(tweet.text):
                    yield tag, tweet.author_id

    def trend_counts(self, since: datetime, until: datetime) -> dict[str, Count]:
        """What is mentioned in [since, until), by tag."""
        authors = defaultdict(list)
        for tag, author in self.mentions(since, until):
            authors[tag].append(author)
        return {tag: Count(len(found), len(set(found))) for tag, found in authors.items()}


def home(world: World, reader: int) -> list[int]:
    return Truth(world).home(reader)


def homes(world: World, readers: Iterable[int]) -> dict[int, list[int]]:
    truth = Truth(world)
    return {reader: truth.home(reader) for reader in readers}
