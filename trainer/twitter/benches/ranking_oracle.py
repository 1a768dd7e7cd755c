"""The simulator's own chances: those by which it acted.

They come of all that is latent: interests, affinities, the quality and appeal of each tweet, and
the exposure. Only a check may know it. How the dice fall even they do not tell. Sorted by the gain
that they make one expect, no order is better on average in what it gains; in one sample another may
be, and NDCG, which divides by what came, need not be highest for it. So this is what to compare
with, not a strict ceiling.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from trainer.lib.benchmark import CannotMeasure
from trainer.twitter.columns.log import Log
from trainer.twitter.mixer.features import HORIZON_MS, LIGHT
from trainer.twitter.mixer.training.requests import Request
from trainer.twitter.world import behaviour, people, seeing
from trainer.twitter.world.history import QUIET_KINDS, REPLY_SIGHTS_AN_ACCOUNT, SIGHTS_AN_ACCOUNT
from trainer.twitter.world.planted import draw_latent
from trainer.twitter.world.population import HOUR_MS, REPLY, TWEET, Floats, Ints, Population
from trainer.twitter.world.posting import draw_originals

FOLLOWS = LIGHT.index("follows_author")
AGES = 12  # at which a candidate may be seen, each as likely
# The normal law from -6 to 6 deviations, to be looked up.
DEVIATIONS = np.linspace(-6, 6, 6_001)
BELOW = np.array([NormalDist().cdf(deviation) for deviation in DEVIATIONS])


@dataclass(frozen=True, eq=False, slots=True)
class Oracle:
    """`quality`, `sights` (m,): of each tweet, and how often it is seen on average, by anybody."""

    population: Population
    scene: seeing.Shown
    quality: Floats
    sights: Floats

    def chances(self, request: Request) -> Floats:
        """(n, 6): of at least one of each kind within the horizon, of what the reader has not
        engaged with yet. Sights of a tweet by an account are a Poisson number of independent
        ones."""
        planted, tweets = self.population.planted, self.population.tweets
        rows = request.shown
        author, topic = tweets.author[rows], planted.topic[rows]
        since, until = _seen_by(request.at_ms - tweets.at_ms[rows])
        reader = np.full(len(rows), request.reader)
        inside, outside = self._sights(request, topic, (until - since) * self.sights[rows])
        kinds = len(behaviour.KINDS)
        expected = np.zeros((len(rows), kinds))
        for sights, is_in_network in ((inside, True), (outside, False)):
            done = behaviour.chances(
                np.repeat(planted.interests[reader, topic], AGES),
                np.repeat(self.quality[rows], AGES),
                np.repeat(behaviour.affinity(reader, author), AGES),
                _ages_ms(since, until),
                np.full(len(rows) * AGES, is_in_network),
            )
            expected += sights[:, None] * done.reshape(len(rows), AGES, kinds).mean(axis=1)
        quiet = np.isin(behaviour.KINDS, QUIET_KINDS)
        expected[np.ix_(tweets.kind[rows] == REPLY, ~quiet)] = 0
        return 1 - np.exp(-expected)

    def _sights(self, request: Request, topic: Ints, sights: Floats) -> tuple[Floats, Floats]:
        """How often the reader sees each candidate as a follower, and as a stranger."""
        planted, reader = self.population.planted, request.reader
        author = self.population.tweets.author[request.shown]
        audience, group = self.scene.audience, planted.topic_of[planted.community[reader]]
        tickets = np.count_nonzero(audience.tickets == reader)
        of_topic = tickets / max(1, audience.size[group]) * (topic == group)
        anybody = tickets / len(audience.tickets)
        strangers = (1 - seeing.OFF_TOPIC) * of_topic + seeing.OFF_TOPIC * anybody
        followers = np.maximum(self.population.followers.lengths[author], 1)
        is_about = self.scene.presence.is_about[reader]
        inside = sights * seeing.IN_NETWORK * request.light[:, FOLLOWS] / followers
        return inside * is_about, sights * (1 - seeing.IN_NETWORK) * strangers * is_about


def oracle(population: Population, log: Log) -> Oracle:
    """For a world that was seeded with this population. Raises CannotMeasure for another one."""
    tweets = population.tweets
    if not np.array_equal(tweets.author, log.tweets.author):
        raise CannotMeasure("The world is not what its seed makes now: seed it again.")
    quality, sights = np.ones(len(tweets.author)), np.zeros(len(tweets.author))
    originals, replies = _scenes(population)
    for scene, kind, an_account in (
        (originals, TWEET, SIGHTS_AN_ACCOUNT),
        (replies, REPLY, REPLY_SIGHTS_AN_ACCOUNT),
    ):
        rows = np.flatnonzero(tweets.kind == kind)
        quality[rows] = scene.quality
        sights[rows] = an_account * population.size * scene.weight / scene.weight.sum()
    return Oracle(population, originals, quality, sights)


def _scenes(population: Population) -> tuple[seeing.Shown, seeing.Shown]:
    """Drawn again as `make_population` and `draw_history` draw them, as the appeal of tweets is
    kept nowhere: the scene of the originals, and that of the replies."""
    size, followers = population.size, population.followers
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(population.seed).spawn(4)]
    latent = draw_latent(size, streams[0])
    account_quality = people.quality(followers.lengths, latent.is_bot, streams[2])
    presence = people.presence(followers.lengths, latent, streams[2])

    def scene(columns: tuple[Ints, Ints, Ints]) -> seeing.Shown:
        return seeing.shown(columns, account_quality, followers, presence, latent, streams[3])

    posted, _ = draw_originals(followers.lengths, latent, presence, streams[3])
    originals = scene((posted.author, posted.at_ms, posted.topic))
    seeing.deeds(originals, SIGHTS_AN_ACCOUNT * size, behaviour.KINDS, streams[3])
    rows = np.flatnonzero(population.tweets.kind == REPLY)
    tweets, topic = population.tweets, population.planted.topic
    return originals, scene((tweets.author[rows], tweets.at_ms[rows], topic[rows]))


def _seen_by(age_ms: Ints) -> tuple[Floats, Floats]:
    """The shares of a tweet's sights that come before this age, and before the horizon's end."""
    return _share(age_ms), _share(age_ms + HORIZON_MS)


def _share(age_ms: Ints) -> Floats:
    hours = np.maximum(age_ms - 1_000, 1) / HOUR_MS
    deviation = np.log(hours / seeing.DELAY_MEDIAN_HOURS) / seeing.DELAY_SIGMA
    return np.asarray(np.interp(deviation, DEVIATIONS, BELOW))


def _ages_ms(since: Floats, until: Floats) -> Ints:
    """(n * AGES,): between these shares, in equal steps of chance."""
    steps = (np.arange(AGES) + 0.5) / AGES
    share = since[:, None] + (until - since)[:, None] * steps
    hours = np.exp(np.interp(share.ravel(), BELOW, DEVIATIONS) * seeing.DELAY_SIGMA)
    return (hours * seeing.DELAY_MEDIAN_HOURS * HOUR_MS).astype(np.int64) + 1_000
