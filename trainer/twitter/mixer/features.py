"""What the rankers are told of each candidate. Pure, and one function for training and serving.

Nothing is in it that an outsider could not know at the instant: no later engagement, none of the
simulator's own variables, no account's quality. Of the embeddings only cosines, as the axes of two
runs have nothing to do with one another. Amounts are logarithms to base 2 of one more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.rates import AUTHOR, READER, Rates, step_of
from trainer.twitter.mixer.types import Candidates, Sources
from trainer.twitter.world.population import DAY_MS, HOUR_MS, REPLY, RETWEET, Bools, Floats, Ints

Matrix = NDArray[np.float32]

LIGHT = (
    "in_network",
    "follows_author",  # of the shown tweet
    "is_reply",
    "is_retweet",
    "is_premium",
    "from_graph",
    "from_embeddings",
    "walk_score",
    "source_similarity",  # as the embeddings' source found it, 0 where it did not
    "proofs",
    "age_hours",
    "freshness",
    "still_to_come",  # share of a tweet's engagements within the day from this age on
    "given",  # what this tweet may be expected to be given in all, by its author and so far
    "given_vs_author",
    "given_in_network",  # as above, and 0 outside: there, other things count
    "followers_in_network",
    *(f"count_{kind}" for kind in KINDS),
    *AUTHOR,
)
HEAVY = (
    *LIGHT,
    "similarity",
    "author_similarity",
    "affinity",
    "affinity_vs_usual",  # against what the author's followers do on average
    *READER,
)
HORIZON_MS = DAY_MS  # what the chances are of: an engagement within so long
FRESH_HALF_LIFE_MS = 8 * HOUR_MS  # as of the tweets' vectors
YOUNGEST_HOURS = np.float32(0.1)
WALK_SCALE = np.float32(1_000)  # the share of a thousand visits
PRIOR_GIVEN = np.float32(1.5)  # engagements' worth of what the author is usually given
PRIOR_AFFINITY = np.float32(0.5)
LEAST = np.float32(1e-4)  # of a share that has a logarithm
REPLY_SHARE = np.float32(0.1)  # of what a tweet is given, a reply is: assumed, and learned beside


@dataclass(frozen=True, eq=False, slots=True)
class TweetFacts:
    """What is known of the tweets that n candidates show, as of the request."""

    counts: Ints  # (n, 6): engagements of each of KINDS
    author: Ints  # (n,) index of the shown tweet's author
    follows_author: Bools  # (n,)


@dataclass(frozen=True, eq=False, slots=True)
class ReaderFacts:
    """What is known of the reader and the authors of n candidates."""

    reader: int  # index
    affinity: Floats  # (n,) of the reader to the shown tweet's author, 0 for none
    similarity: Floats  # (n,) cosine of the reader's vector and the shown tweet's
    author_similarity: Floats  # (n,) of the reader's and its author's


def light(candidates: Candidates, tweets: TweetFacts, rates: Rates, at_ms: int) -> Matrix:
    """(n, len(LIGHT)) float32."""
    found = np.empty((len(candidates), len(LIGHT)), dtype=np.float32)
    _light(found, candidates, tweets, rates, at_ms)
    return found


def heavy(
    candidates: Candidates, tweets: TweetFacts, reader: ReaderFacts, rates: Rates, at_ms: int
) -> Matrix:
    """(n, len(HEAVY)) float32: the light ones, then those of the reader."""
    found = np.empty((len(candidates), len(HEAVY)), dtype=np.float32)
    _light(found, candidates, tweets, rates, at_ms)
    usual = rates.per_follower[tweets.author]
    columns = (
        reader.similarity,
        reader.author_similarity,
        np.log2(reader.affinity + 1),
        np.log2((reader.affinity + PRIOR_AFFINITY) / (usual + PRIOR_AFFINITY)),
    )
    for place, column in enumerate(columns, start=len(LIGHT)):
        found[:, place] = column
    found[:, len(LIGHT) + len(columns) :] = rates.reader[reader.reader]
    return found


def _light(
    found: Matrix, candidates: Candidates, tweets: TweetFacts, rates: Rates, at_ms: int
) -> None:
    """Fill in the columns of LIGHT."""
    age_ms = np.maximum(at_ms - candidates.shown_at_ms, 0).astype(np.float32)
    before, after = _arrived(rates, age_ms), _arrived(rates, age_ms + HORIZON_MS)
    is_reply = candidates.kind == REPLY
    usual = rates.given[tweets.author] * np.where(is_reply, REPLY_SHARE, np.float32(1))
    got = tweets.counts.sum(axis=1, dtype=np.float32)
    lift = np.log2((got + PRIOR_GIVEN) / (usual * before + PRIOR_GIVEN))
    given = np.log2(usual) + lift
    author = rates.author[tweets.author]
    columns = (
        candidates.in_network,
        tweets.follows_author,
        is_reply,
        candidates.kind == RETWEET,
        candidates.is_premium,
        (candidates.sources & Sources.GRAPH) != 0,
        (candidates.sources & Sources.EMBEDDINGS) != 0,
        np.log2(candidates.walk_score * WALK_SCALE + 1),
        candidates.similarity,
        np.log2(candidates.proofs + np.float32(1)),
        np.log2(age_ms / np.float32(HOUR_MS) + YOUNGEST_HOURS),
        np.exp2(age_ms / np.float32(-FRESH_HALF_LIFE_MS)),
        np.log2(after - before + LEAST),
        given,
        lift,
        given * candidates.in_network,
        author[:, 0] * candidates.in_network,
    )
    for place, column in enumerate(columns):
        found[:, place] = column
    found[:, len(columns) : len(columns) + len(KINDS)] = np.log2(tweets.counts + np.float32(1))
    found[:, len(columns) + len(KINDS) : len(LIGHT)] = author


def _arrived(rates: Rates, age_ms: Floats) -> Floats:
    """The share of a tweet's engagements that come before an age: (n,) float32."""
    return rates.pace[step_of(age_ms).astype(np.int64)]
