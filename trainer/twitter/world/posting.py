"""Original tweets: who writes, when, about what, and which events make a hashtag surge. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.people import Presence
from trainer.twitter.world.planted import Latent
from trainer.twitter.world.population import (
    DAY_MS,
    ENDS_AT_MS,
    HOUR_MS,
    NONE,
    REGIONS,
    STARTED_AT_MS,
    Bools,
    Ints,
)

DAYS = (ENDS_AT_MS - STARTED_AT_MS) // DAY_MS
ORIGINALS_AN_ACCOUNT = 1.52  # replies and retweets add what is missing to two
LOUDER = 0.25  # accounts post in proportion to followers ** LOUDER
EVENTS_A_DAY = 3
EVENT_HALF_LIFE_MS = 2 * HOUR_MS
EVENT_LASTS_MS = 8 * HOUR_MS
BOTS_HOURS = 6  # the bots post within the last hours, all the same hashtag
# How many post at each hour of the day, where they are.
HOURLY = np.array([3, 2, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7, 8, 8, 7, 7, 7, 8, 9, 10, 10, 9, 7, 5])


@dataclass(frozen=True, eq=False)
class Originals:
    """Columns of t tweets by time. `event`: the event whose hashtag it bears, or NONE."""

    author: Ints  # (t,) int32
    at_ms: Ints  # (t,) int64, ascending
    topic: Ints  # (t,) int16
    event: Ints  # (t,) int16


@dataclass(frozen=True, eq=False)
class Events:
    """Columns of events: about a topic, from an instant on, in one region or (NONE) everywhere."""

    topic: Ints
    start_ms: Ints
    region: Ints


def draw_originals(
    followers: Ints, latent: Latent, presence: Presence, rng: np.random.Generator
) -> tuple[Originals, Events]:
    """The original tweets of the history, and its events."""
    count = round(ORIGINALS_AN_ACCOUNT * len(followers))
    weight = latent.activity * (followers + 1.0) ** LOUDER * presence.is_about
    author = rng.choice(len(followers), count, p=weight / weight.sum()).astype(np.int32)
    at_ms = _times(latent.region[author], rng)
    at_ms = np.where(latent.is_bot[author], _last_hours(count, rng), at_ms)
    kept = at_ms > presence.created_ms[author]
    by_time = np.flatnonzero(kept)[np.argsort(at_ms[kept], kind="stable")]
    author, at_ms = author[by_time], at_ms[by_time]
    topic = _topics(latent, author, rng)
    events = _events(len(latent.interests[0]), rng)
    event = _joined(events, at_ms, topic, latent.region[author], rng)
    event[latent.is_bot[author]] = NONE
    return Originals(author, at_ms, topic, event), events


def _times(region: Ints, rng: np.random.Generator) -> Ints:
    """Instants of the two weeks, by the hours of each region's day."""
    local = rng.choice(24, len(region), p=HOURLY / HOURLY.sum())
    hour = (local - region * (24 // len(REGIONS))) % 24
    day = rng.integers(0, DAYS, len(region))
    return STARTED_AT_MS + day * DAY_MS + hour * HOUR_MS + rng.integers(0, HOUR_MS, len(region))


def _last_hours(count: int, rng: np.random.Generator) -> Ints:
    return ENDS_AT_MS - rng.integers(1, BOTS_HOURS * HOUR_MS, count)


def _topics(latent: Latent, author: Ints, rng: np.random.Generator) -> Ints:
    """A topic of the author's interests for each tweet."""
    upto = np.cumsum(latent.interests[author], axis=1)
    drawn = rng.random((len(author), 1), dtype=np.float32) * upto[:, -1:]
    topic: Ints = np.minimum((upto < drawn).sum(axis=1), upto.shape[1] - 1).astype(np.int16)
    return topic


def _events(topics: int, rng: np.random.Generator) -> Events:
    """One in three is of one region; the last one is going on when the history ends."""
    count = int(EVENTS_A_DAY * DAYS)
    start = np.sort(rng.integers(STARTED_AT_MS, ENDS_AT_MS - HOUR_MS, count))
    start[-1] = ENDS_AT_MS - 2 * HOUR_MS
    region = np.where(np.arange(count) % 3 == 1, rng.integers(0, len(REGIONS), count), NONE)
    return Events(rng.integers(0, topics, count), start, region)


def _joined(
    events: Events, at_ms: Ints, topic: Ints, region: Ints, rng: np.random.Generator
) -> Ints:
    """Which event each tweet joins: of its topic and region, less and less as it grows old."""
    event = np.full(len(at_ms), NONE, dtype=np.int16)
    drawn = rng.random(len(at_ms))
    for number, start in enumerate(events.start_ms):
        first, last = np.searchsorted(at_ms, [start, start + EVENT_LASTS_MS])
        near = slice(int(first), int(last))
        eager = 0.8 * np.exp2(-(at_ms[near] - start) / EVENT_HALF_LIFE_MS)
        takes_part: Bools = (topic[near] == events.topic[number]) & (drawn[near] < eager)
        if events.region[number] != NONE:
            takes_part &= region[near] == events.region[number]
        event[near][takes_part] = number
    return event
