"""Who sees which tweet and what they do with it: the exposure model. Pure.

A sight is drawn tweet first, by the author's reach and the tweet's appeal. In-network sights (three
in four) go to a follower of the author; the others to somebody whose community is about the tweet's
topic, or now and then to anybody. Followers who are away see nothing. It is seen some time after
posting (log-normal, the middle one 90 minutes). What follows is `behaviour.chances`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.twitter.world import behaviour
from trainer.twitter.world.crowd import Crowd, crowd
from trainer.twitter.world.people import Presence
from trainer.twitter.world.planted import Latent
from trainer.twitter.world.population import (
    ENDS_AT_MS,
    HOUR_MS,
    Bools,
    Floats,
    Ints,
    Lists,
)

IN_NETWORK = 0.75
OFF_TOPIC = 0.2  # of out-of-network sights
REACH = 0.8  # a tweet is seen in proportion to followers ** REACH
APPEAL_SIGMA = 0.9  # of the log of a tweet's appeal
DELAY_MEDIAN_HOURS, DELAY_SIGMA = 1.5, 1.5
CHUNK = 1 << 19  # sights at a time: they stay in the cache, and in 100 MB


@dataclass(frozen=True, eq=False)
class Shown:
    """Columns of t tweets that can be seen, and of the n accounts that may see them."""

    author: Ints  # (t,)
    at_ms: Ints  # (t,)
    topic: Ints  # (t,)
    quality: Floats  # (t,) about 1
    weight: Floats  # (t,) of being seen
    followers: Lists
    presence: Presence
    audience: Crowd  # the accounts that are about, by the topic of their community
    latent: Latent


@dataclass(frozen=True, eq=False)
class Deeds:
    """Columns of engagements, each (tweet, account, kind) once, ordered by it."""

    tweet: Ints
    account: Ints
    kind: Ints
    at_ms: Ints


def shown(
    tweets: tuple[Ints, Ints, Ints],
    account_quality: Floats,
    followers: Lists,
    presence: Presence,
    latent: Latent,
    rng: np.random.Generator,
) -> Shown:
    """`tweets`: author, at_ms and topic, each (t,)."""
    author, at_ms, topic = tweets
    appeal = rng.lognormal(0, APPEAL_SIGMA, len(author))
    about = np.flatnonzero(presence.is_about)
    group = latent.topic_of[latent.community[about]].astype(np.int64)
    audience = crowd(about, group, latent.interests.shape[1], latent.activity[about])
    weight = (followers.lengths[author] + 5.0) ** REACH * appeal
    quality = (0.1 + 1.4 * account_quality[author]) * np.sqrt(appeal)
    return Shown(author, at_ms, topic, quality, weight, followers, presence, audience, latent)


def deeds(scene: Shown, sights: int, kinds: Ints, rng: np.random.Generator) -> Deeds:
    """What `sights` sights lead to, of the `kinds` that are possible."""
    upto = np.cumsum(scene.weight)
    possible = np.isin(behaviour.KINDS, kinds)
    parts = [_chunk(scene, upto, size, possible, rng) for size in _sizes(sights)]
    tweet, account, kind, at_ms = (np.concatenate(column) for column in zip(*parts, strict=True))
    key = (tweet * np.int64(len(scene.presence.is_about)) + account) * 8 + kind
    order = np.argsort(key, kind="stable")
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(key[order]) != 0
    once = order[first]
    return Deeds(tweet[once], account[once], kind[once], at_ms[once])


def _sizes(sights: int) -> Iterator[int]:
    yield from [CHUNK] * (sights // CHUNK)
    if sights % CHUNK:
        yield sights % CHUNK


def _chunk(
    scene: Shown, upto: Floats, size: int, possible: Bools, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    drawn = rng.random(size) * upto[-1]
    drawn.sort()  # neighbours in memory from here on: three times as fast
    tweet = np.searchsorted(upto, drawn, side="right").astype(np.int32)
    is_in_network = rng.random(size, dtype=np.float32) < IN_NETWORK
    viewer = _viewers(scene, tweet, is_in_network, rng)
    delay = rng.standard_normal(size, dtype=np.float32) * np.float32(DELAY_SIGMA)
    age_ms = (np.exp(delay) * (DELAY_MEDIAN_HOURS * HOUR_MS)).astype(np.int64) + 1000
    at_ms = scene.at_ms[tweet] + age_ms
    real = scene.presence.is_about[viewer] & (viewer != scene.author[tweet])
    real &= (at_ms > scene.presence.created_ms[viewer]) & (at_ms < ENDS_AT_MS)
    tweet, viewer, at_ms, age_ms = tweet[real], viewer[real], at_ms[real], age_ms[real]
    chance = behaviour.chances(
        scene.latent.interests[viewer, scene.topic[tweet]],
        scene.quality[tweet],
        behaviour.affinity(viewer, scene.author[tweet]),
        age_ms,
        is_in_network[real],
    )
    done = (rng.random(chance.shape, dtype=np.float32) < chance) & possible
    sight, kind = np.nonzero(done)
    return tweet[sight], viewer[sight], behaviour.KINDS[kind], at_ms[sight]


def _viewers(scene: Shown, tweet: Ints, is_in_network: Bools, rng: np.random.Generator) -> Ints:
    author = scene.author[tweet]
    start, count = scene.followers.start[author], scene.followers.lengths[author]
    place = start + (rng.random(len(tweet)) * count).astype(np.int64)
    viewer = scene.followers.flat[np.minimum(place, len(scene.followers.flat) - 1)]
    outside = np.flatnonzero(~is_in_network)
    stranger = scene.audience.draw_from(scene.topic[tweet[outside]].astype(np.int64), rng)
    anybody = rng.random(len(outside)) < OFF_TOPIC
    stranger[anybody] = scene.audience.draw_any(int(anybody.sum()), rng)
    viewer[outside] = stranger
    return viewer
