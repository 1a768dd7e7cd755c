"""What a reader's followees did with tweets lately, or with their authors: the proof that a tweet
from outside the network is not out of place. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import places
from trainer.twitter.discovery.adjacency import Int32s
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.world.population import DAY_MS, LIKE, RETWEETED, Bools, Floats, Ints, Lists

WINDOW_MS = DAY_MS  # as in production
MOST_PROOFS = 10  # more say nothing more, as in production
PUBLIC = (LIKE, RETWEETED)  # what others can see, of what says "I like this"


@dataclass(frozen=True, eq=False, slots=True)
class Proofs:
    """Of n tweets: how many followees liked or retweeted each lately, how many follow its author,
    and how many did either; MOST_PROOFS at most."""

    liked: Ints  # (n,) int16
    follow: Ints  # (n,) int16
    either: Ints  # (n,) int16


@dataclass(frozen=True, eq=False, slots=True)
class Proven:
    """Which tweets have a proof for one reader: by whose author it is, or by themselves."""

    authors: Bools  # (n,) of all accounts, by index: followed by a followee
    rows: Ints  # (k,) int32, ascending: liked or retweeted by a followee lately


@dataclass(frozen=True, eq=False, slots=True)
class Liked:
    """Tweets that followees liked: the heaviest first, of equals the newest."""

    row: Ints  # (k,) int32
    weight: Floats  # (k,) float32: of the followees, added up
    count: Ints  # (k,) int64: how many followees


def proofs(
    segments: Segments,
    following: Lists,
    followees: Ints,
    rows: Ints,
    authors: Ints,
    *,
    window_ms: int = WINDOW_MS,
) -> Proofs:
    """The proofs of tweets `rows` (n,) by `authors` (n,) indexes for a reader who follows
    `followees` (f,), ascending indexes. `following`: of all accounts."""
    known, place = np.unique(rows, return_inverse=True)
    who, row = _liked(segments, followees, window_ms)
    asked = np.flatnonzero(places(known, row)[1])
    who, tweet = who[asked], np.searchsorted(known, row[asked])
    liked = np.bincount(tweet, minlength=len(known))[place]
    follow = followed_by(following, followees, authors)
    author_of = np.empty(len(known), dtype=np.int64)
    author_of[place] = authors
    twice = _follows(following, followees[who], author_of[tweet])
    both = np.bincount(tweet[twice], minlength=len(known))[place]
    return Proofs(_most(liked), _most(follow), _most(liked + follow - both))


def proven(segments: Segments, following: Lists, followees: Ints) -> Proven:
    """For a reader who follows `followees` (f,) indexes: what has `Proofs.either`."""
    authors = np.zeros(len(following.start) - 1, dtype=np.bool_)
    authors[_joined(following, followees)[1]] = True
    return Proven(authors, np.unique(_liked(segments, followees, WINDOW_MS)[1]))


def liked_by_followees(
    segments: Segments,
    followees: Ints,
    *,
    weights: Floats | None = None,
    window_ms: int = WINDOW_MS,
) -> Liked:
    """What the followees (f,) liked or retweeted lately, with all that weigh something."""
    who, row = _liked(segments, followees, window_ms)
    rows, place = np.unique(row, return_inverse=True)
    weight = np.bincount(place, _weights(weights, followees)[who], minlength=len(rows))
    count = np.bincount(place, minlength=len(rows))
    order = np.lexsort((-rows, -weight))
    return Liked(rows[order], weight[order].astype(np.float32), count[order])


def followed_by(following: Lists, followees: Ints, authors: Ints) -> Ints:
    """How many of the followees (f,) follow each author (n,): (n,) int64."""
    followed = _joined(following, followees)[1]
    return np.bincount(followed, minlength=len(following.start))[authors]


def _liked(segments: Segments, followees: Ints, window_ms: int) -> tuple[Ints, Int32s]:
    """Place of the followee and row, each pair once."""
    who, row, kind = segments.users.edges(followees, segments.since(window_ms))
    public = np.isin(kind, PUBLIC)
    pair = np.unique(who[public].astype(np.int64) << 32 | row[public])
    return pair >> 32, (pair & 0xFFFFFFFF).astype(np.int32)


def _follows(following: Lists, accounts: Ints, others: Ints) -> np.typing.NDArray[np.bool_]:
    """Whether each of accounts (p,) follows the other at its place (p,)."""
    listed, place = np.unique(accounts, return_inverse=True)
    owner, followed = _joined(following, listed)
    pairs = owner.astype(np.int64) << 32 | followed  # ascending, as the lists are
    return places(pairs, place.astype(np.int64) << 32 | others)[1]


def _joined(lists: Lists, accounts: Ints) -> tuple[Ints, Int32s]:
    """The lists of accounts (f,) one after the other, with the place of the account."""
    begin, size = lists.start[accounts], lists.start[accounts + 1] - lists.start[accounts]
    owner = np.repeat(np.arange(len(accounts)), size)
    at = (begin - (np.cumsum(size) - size))[owner] + np.arange(len(owner))
    return owner, lists.flat[at]


def _weights(weights: Floats | None, followees: Ints) -> Floats:
    return np.ones(len(followees)) if weights is None else weights


def _most(counts: Ints) -> Ints:
    return np.minimum(counts, MOST_PROOFS).astype(np.int16)
