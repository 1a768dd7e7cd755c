"""The synthetic population: the same bytes for the same number of accounts and seed (and release of
numpy, whose random streams may change). Pure.

The generating model, in the order in which things are drawn (each part from a random stream of its
own):

1. Latent (planted.py): each account belongs to a community about one topic, has interests (its
   community's topic, a second one, a little of others) and an activity. Half a percent are bots.
2. Followers (follows.py): counts are quantiles of a truncated Pareto law with a mean of 53. Who
   follows is drawn by activity, two in three from the followee's community.
3. People (people.py): region after the community, quality, premium, age, and who is away: one in
   five for more than 30 days.
4. Tweets (posting.py, text.py): by activity and followers, over two weeks with the hours of each
   region's day, on a topic of the author's interests. Events make a hashtag surge for some hours.
   The bots push one hashtag in the last six.
5. Engagements (seeing.py, behaviour.py): followers see tweets, and so do some strangers whose
   community is about the topic. What they do depends on the match of interests, the quality of the
   author, their affinity to the author, and the tweet's age. A reply or retweet is a tweet too.

Communities, topics, interests, activity and bots are latent: only `Population.planted`
holds them.
"""

from collections.abc import Callable

import numpy as np

from trainer.twitter.world import follows, people
from trainer.twitter.world.history import draw_history
from trainer.twitter.world.planted import Latent, draw_latent
from trainer.twitter.world.population import Accounts, Ints, Planted, Population

ACCOUNTS = 150_000
LEAST_ACCOUNTS, MOST_ACCOUNTS = 200, 1_000_000


def make_population(
    accounts: int = ACCOUNTS, seed: int = 1, watch: Callable[[float], None] = lambda _: None
) -> Population:
    """A population of `accounts` (LEAST_ACCOUNTS to MOST_ACCOUNTS; else ValueError) accounts.

    `watch` hears now and then what share (0..1) is drawn. 150,000 accounts take 0.7 GB.
    """
    if not LEAST_ACCOUNTS <= accounts <= MOST_ACCOUNTS:
        raise ValueError(
            f"{accounts} accounts: give a number from {LEAST_ACCOUNTS} to {MOST_ACCOUNTS}."
        )
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(4)]
    latent = draw_latent(accounts, streams[0])
    counts = _given_out(follows.follower_counts(accounts), latent, streams[1])
    followers = follows.lists(follows.followed_by(counts, latent, streams[1]), accounts)
    watch(0.3)
    quality = people.quality(counts, latent.is_bot, streams[2])
    presence = people.presence(counts, latent, streams[2])
    handles, names = people.names(accounts, streams[2])
    premium = people.premium(counts, quality, latent.is_bot, streams[2])
    history = draw_history(handles, quality, followers, latent, presence, streams[3])
    watch(0.9)
    last_active_ms = presence.last_seen_ms.copy()
    np.maximum.at(last_active_ms, history.tweets.author, history.tweets.at_ms)
    np.maximum.at(last_active_ms, history.engagements.account, history.engagements.at_ms)
    return Population(
        seed,
        Accounts(
            handles, names, latent.region, quality, premium, presence.created_ms, last_active_ms
        ),
        follows.turned(followers),
        followers,
        history.tweets,
        history.engagements,
        Planted(
            latent.community,
            latent.topic_of,
            latent.interests,
            latent.activity,
            latent.is_bot,
            history.topic,
        ),
    )


def _given_out(counts: Ints, latent: Latent, rng: np.random.Generator) -> Ints:
    """Which account has how many followers: by chance, the bots the fewest."""
    order = rng.permutation(len(counts))
    order = np.concatenate([order[~latent.is_bot[order]], order[latent.is_bot[order]]])
    given = np.empty_like(counts)
    given[order] = counts
    return given
