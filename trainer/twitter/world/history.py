"""Two weeks of tweets and engagements: originals, what people did with them, and the replies and
retweets that this made, in one order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.twitter.world import behaviour, seeing, text
from trainer.twitter.world.people import Presence
from trainer.twitter.world.planted import Latent
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    LIKE,
    NONE,
    PROFILE_CLICK,
    REPLIED,
    REPLY,
    RETWEET,
    RETWEETED,
    TWEET,
    Engagements,
    Floats,
    Ints,
    Lists,
    Tweets,
)
from trainer.twitter.world.posting import Events, Originals, draw_originals

SIGHTS_AN_ACCOUNT = 100
REPLY_SIGHTS_AN_ACCOUNT = 3  # replies are seen little, and answered no more
QUIET_KINDS = np.array([LIKE, BOOKMARK, CLICK, PROFILE_CLICK], dtype=np.int8)


@dataclass(frozen=True, eq=False)
class History:
    tweets: Tweets
    engagements: Engagements
    topic: Ints  # (m,) int16, latent


@dataclass(frozen=True, eq=False)
class _Secondary:
    """Replies and retweets of originals, by time: columns of s rows; `parent` is an original."""

    author: Ints
    at_ms: Ints
    kind: Ints
    parent: Ints


def draw_history(
    handles: Sequence[str],
    quality: Floats,
    followers: Lists,
    latent: Latent,
    presence: Presence,
    rng: np.random.Generator,
) -> History:
    """Everything that happened in the two weeks before the base's end."""
    originals, events = draw_originals(followers.lengths, latent, presence, rng)
    columns = (originals.author, originals.at_ms, originals.topic)
    scene = seeing.shown(columns, quality, followers, presence, latent, rng)
    sights = SIGHTS_AN_ACCOUNT * len(handles)
    deeds = seeing.deeds(scene, sights, behaviour.KINDS, rng)
    secondary = _secondary(deeds)
    replies = secondary.kind == REPLY
    reply_topic = originals.topic[secondary.parent[replies]]
    columns = (secondary.author[replies], secondary.at_ms[replies], reply_topic)
    scene = seeing.shown(columns, quality, followers, presence, latent, rng)
    sights = REPLY_SIGHTS_AN_ACCOUNT * len(handles)
    on_replies = seeing.deeds(scene, sights, QUIET_KINDS, rng)
    texts = _texts(originals, events, secondary, handles, latent, rng)
    return _in_one_order(originals, secondary, texts, deeds, on_replies)


def _secondary(deeds: seeing.Deeds) -> _Secondary:
    made = np.flatnonzero((deeds.kind == REPLIED) | (deeds.kind == RETWEETED))
    made = made[np.argsort(deeds.at_ms[made], kind="stable")]
    kind = np.where(deeds.kind[made] == REPLIED, REPLY, RETWEET).astype(np.int8)
    return _Secondary(deeds.account[made], deeds.at_ms[made], kind, deeds.tweet[made])


def _texts(
    originals: Originals,
    events: Events,
    secondary: _Secondary,
    handles: Sequence[str],
    latent: Latent,
    rng: np.random.Generator,
) -> list[str]:
    """Of originals, then of secondary tweets; retweets have none."""
    texts = text.tweet_texts(originals.topic, originals.event, events, rng)
    by_bots = np.flatnonzero(latent.is_bot[originals.author]).tolist()
    for row, spam in zip(by_bots, text.bot_texts(len(by_bots), rng), strict=True):
        texts[row] = spam
    answered = np.flatnonzero(secondary.kind == REPLY)
    parent = secondary.parent[answered]
    to = [handles[author] for author in originals.author[parent].tolist()]
    said = [""] * len(secondary.kind)
    replies = text.reply_texts(originals.topic[parent], to, rng)
    for row, reply in zip(answered.tolist(), replies, strict=True):
        said[row] = reply
    return texts + said


def _in_one_order(
    originals: Originals,
    secondary: _Secondary,
    texts: list[str],
    deeds: seeing.Deeds,
    on_replies: seeing.Deeds,
) -> History:
    """Number all tweets by time, and say the engagements by these numbers."""
    first = len(originals.author)
    at_ms = np.concatenate([originals.at_ms, secondary.at_ms])
    order = np.argsort(at_ms, kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    kind = np.concatenate([np.full(first, TWEET, dtype=np.int8), secondary.kind])
    author = np.concatenate([originals.author, secondary.author])
    parent = np.concatenate([np.full(first, NONE, dtype=np.int32), place[secondary.parent]])
    topic = np.concatenate([originals.topic, originals.topic[secondary.parent]])
    said = [texts[row] for row in order.tolist()]
    tweets = Tweets(author[order], at_ms[order], kind[order], parent[order], said)
    place_of_reply = place[first + np.flatnonzero(secondary.kind == REPLY)]
    tweet = np.concatenate([place[deeds.tweet], place_of_reply[on_replies.tweet]])
    return History(tweets, _engagements(tweet, deeds, on_replies), topic[order])


def _engagements(tweet: Ints, deeds: seeing.Deeds, on_replies: seeing.Deeds) -> Engagements:
    account = np.concatenate([deeds.account, on_replies.account])
    kind = np.concatenate([deeds.kind, on_replies.kind])
    at_ms = np.concatenate([deeds.at_ms, on_replies.at_ms])
    order = np.argsort((account.astype(np.int64) << 32 | tweet) * 8 + kind, kind="stable")
    return Engagements(account[order], tweet[order], kind[order], at_ms[order])
