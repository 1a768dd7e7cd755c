"""Where an account stands among the topics of recent tweets, and how a like moves it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import connection

from trainer.twitter.columns.log import RETWEET
from trainer.twitter.columns.present import Present
from trainer.twitter.columns.reading_delta import read_delta
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.leading import unit
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.moved import SHARE, Moved
from trainer.twitter.discovery.nearest import Recent
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.tweets.selectors import TweetRow, hydrate
from trainer.twitter.world.population import Bools, Floats, Ints
from trainer.twitter.world.value import World
from trainer.twitter.world.words import TOPICS

NEIGHBOURHOOD: Final = 200  # nearest tweets, of which the topic has its share
LEAST_TWEETS: Final = 50  # of a topic that can be chosen
NO_TOPIC: Final = -1
LIKE_STEP: Final = SHARE  # how far a like moves an account, whose vector has a length of 1
_NAMES: Final = tuple(words[0] for words in TOPICS)
_TOPIC_OF: Final[Mapping[str, int]] = {
    word: number for number, words in enumerate(TOPICS) for word in words
}
_WORDS = re.compile(r"\w+")
_TEXTS = """
SELECT id, text FROM twitter_tweet
 WHERE world_id = %s AND id >= %s AND kind <> %s AND NOT is_deleted ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class NearTweet:
    """`topic` is empty where the text has no topic's word; `similarity`: the cosine, -1 to 1."""

    tweet: TweetRow
    topic: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where an account stands: cosines (-1 to 1) to the topic's middle and to where it stood in the
    base, the topic's share (0 to 1) of the `counted` nearest recent tweets, the rank of the topic's
    nearest and of its middle tweet (1 is nearest), and the nearest tweets; all of others'."""

    to_topic: float
    to_start: float
    share: float
    counted: int
    best_rank: int
    middle_rank: int
    nearest: tuple[NearTweet, ...]


@dataclass(frozen=True, eq=False, slots=True)
class TopicSpace:
    """The recent tweets of a base and their topics: `topic` (r,) is a number, NO_TOPIC for none."""

    snapshot: Snapshot
    vectors: Vectors
    recent: Recent
    topic: Ints

    @property
    def tweets(self) -> int:
        """How many recent tweets there are."""
        return len(self.recent.rows)

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of those with enough recent tweets."""
        count = np.bincount(self.topic[self.topic >= 0], minlength=len(_NAMES))
        return tuple(name for name, n in zip(_NAMES, count, strict=True) if n >= LEAST_TWEETS)

    def furthest(self, account_id: int) -> str:
        """Of the larger half of `topics` the one whose middle is the least like the account."""
        account = self.vectors.accounts[account_id - 1]
        by_size = sorted(self.topics, key=lambda name: -int(self._is_about(name).sum()))
        larger = by_size[: (len(by_size) + 1) // 2]
        return min(larger, key=lambda name: float(self._middle(name) @ account))

    def likeable(self, account_id: int, topic: str) -> tuple[int, ...]:
        """Ids of the topic's recent tweets by others, the most liked first (decayed, so that of
        equals the newest is)."""
        chosen = self._is_about(topic) & (self._likers > 0)
        chosen &= self.snapshot.tweets.author[self.recent.rows] != account_id - 1
        places = np.flatnonzero(chosen)
        places = places[np.lexsort((-places, -self._likers[places]))]
        return tuple(self.snapshot.tweets.id[self.recent.rows[places]].tolist())

    def place(self, world: World, account_id: int, topic: str, *, shown: int) -> Place:
        """As of now in this overlay, or in the base, with so many nearest tweets."""
        moved = Moved(self.vectors, Present(self.snapshot, read_delta(world)))
        account = moved.account(account_id)
        similarity = moved.tweets(self.recent.rows) @ account
        order = np.argsort(-similarity, kind="stable")
        order = order[self.snapshot.tweets.author[self.recent.rows[order]] != account_id - 1]
        about = self._is_about(topic)
        ranks = np.flatnonzero(about[order]) + 1
        counted = min(NEIGHBOURHOOD, len(ranks))
        start = self.vectors.accounts[account_id - 1]
        return Place(
            float(self._middle(topic) @ account),
            float(start @ account),
            float(about[order[:counted]].mean()),
            counted,
            int(ranks[0]),
            int(np.median(ranks)),
            self._near(world, order[:shown], similarity),
        )

    def _near(self, world: World, places: Ints, similarity: Matrix) -> tuple[NearTweet, ...]:
        ids = self.snapshot.tweets.id[self.recent.rows[places]].tolist()
        tweets = hydrate(world, ids)
        return tuple(
            NearTweet(tweets[id], _name(int(self.topic[place])), float(similarity[place]))
            for id, place in zip(ids, places.tolist(), strict=True)
            if id in tweets
        )

    def _middle(self, topic: str) -> Matrix:
        """(32,) of unit length: the mean of the topic's recent tweets that somebody liked."""
        chosen = self._is_about(topic) & (self._likers > 0)
        middle: Matrix = unit(self.recent.vectors[chosen].sum(axis=0, keepdims=True))[0]
        return middle

    def _is_about(self, topic: str) -> Bools:
        found: Bools = self.topic == _NAMES.index(topic)
        return found

    @property
    def _likers(self) -> Floats:
        return self.vectors.likers[self.recent.rows]


def topic_space(world: World) -> TopicSpace:
    """Of the world's base. A tweet's topic is that of the first word in it that belongs to one.

    Raises PartFailed where the artefacts are missing.
    """
    known = of_this_process().shelf.known(world)
    snapshot, recent = of(known.snapshot), of(known.recent)
    return TopicSpace(
        snapshot, of(known.vectors), recent, _topics(world, snapshot.tweets.id[recent.rows])
    )


def _topics(world: World, ids: Ints) -> Ints:
    """(r,) of tweets with these ids, ascending."""
    if not len(ids):
        return np.empty(0, dtype=np.int64)
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [world.root.id, int(ids[0]), RETWEET])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    by_id = {id: _topic(text) for id, text in rows}
    return np.array([by_id.get(id, NO_TOPIC) for id in ids.tolist()], dtype=np.int64)


def _topic(text: str) -> int:
    words = _WORDS.findall(text.lower())
    return next((_TOPIC_OF[word] for word in words if word in _TOPIC_OF), NO_TOPIC)


def _name(topic: int) -> str:
    return "" if topic == NO_TOPIC else _NAMES[topic]
