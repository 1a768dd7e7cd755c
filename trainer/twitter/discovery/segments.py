"""The bipartite graph of accounts and the tweets they engaged with, packed, in rolling segments of
time, as GraphJet keeps it in memory (Sharma et al., VLDB 2016). Pure.

A segment is never changed once it is packed: to roll is to drop the oldest and to begin another, so
an edge ages by its segment and nothing is ever deleted from a list. An edge is one engagement, so
that who likes and retweets a tweet is twice as likely to be walked to. Accounts are known by index,
tweets by row.
"""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import DeedColumns
from trainer.twitter.discovery.adjacency import Adjacency, alone, packed, rolled_on
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    HOUR_MS,
    LIKE,
    PROFILE_CLICK,
    REPLIED,
    RETWEETED,
    Ints,
)

# Chosen by recall@300: of what readers of the default world did out of network (likes, bookmarks,
# replies, retweets) in its last two days with tweets from before, the mean share that is among the
# first 300 discoveries as of the beginning of those days. 2,500 readers, standard error 0.010, and
# 0.006 of a difference.
# All kinds: 0.541; without clicks and profile clicks 0.528. From the reader's own deeds alone 0.447
# and 0.360: who clicks on most does little else. Nobody is shown who clicked, only where walks end;
# what is shown as a followee's doing is of the public kinds (social_proof.py).
KINDS = (LIKE, BOOKMARK, CLICK, PROFILE_CLICK, REPLIED, RETWEETED)
# A day, as long as a social proof counts. Tweets are engaged with while they are fresh: two days
# found 0.493, four 0.412, two weeks 0.305, as the old crowd out the new; half a day found 0.524 and
# a day 0.513, no sure difference (without clicks; 1,500 readers, standard error 0.013).
SEGMENT_MS = 3 * HOUR_MS
SEGMENTS = 8


@dataclass(frozen=True, eq=False, slots=True)
class Segments:
    """Who engaged with what in the S segments of `segment_ms` before `at_ms`; the same edges from
    either side: `users` has the lists of rows of accounts, `tweets` those of accounts of rows."""

    at_ms: int
    segment_ms: int
    kinds: Ints  # int8: the engagements that are edges
    users: Adjacency
    tweets: Adjacency

    @property
    def count(self) -> int:
        """S, the base's; an overlay's deeds are one more."""
        return self.users.base.segments

    def since(self, window_ms: int) -> int:
        """The first segment of those that cover the `window_ms` before `at_ms`."""
        return max(0, self.count + -window_ms // self.segment_ms)


def build(
    deeds: DeedColumns,
    at_ms: int,
    accounts: int,
    tweets: int,
    *,
    kinds: tuple[int, ...] = KINDS,
    segment_ms: int = SEGMENT_MS,
    count: int = SEGMENTS,
) -> Segments:
    """The graph of what was done in the `count` segments before `at_ms`, between `accounts`
    accounts and the first `tweets` rows."""
    since_ms = at_ms - count * segment_ms
    edges = np.array(kinds, dtype=np.int8)
    within = _of_kinds(deeds.between(since_ms, at_ms), edges)
    segment = ((within.at_ms - since_ms) // segment_ms).astype(np.int64)
    users = packed(within.account, segment, within.tweet, within.kind, (accounts, count))
    rows = packed(within.tweet, segment, within.account, within.kind, (tweets, count))
    return Segments(at_ms, segment_ms, edges, alone(users), alone(rows))


def rolled(segments: Segments, deeds: DeedColumns, accounts: int, tweets: int) -> Segments:
    """One segment on: the oldest dropped and a newest begun, packed from the deeds of the
    `segment_ms` after `at_ms`; the other lists stay as they were. The numbers of accounts and of
    tweets may have grown, not shrunk (OutOfOrder); what an overlay added is not carried over."""
    until_ms = segments.at_ms + segments.segment_ms
    new = _of_kinds(deeds.between(segments.at_ms, until_ms), segments.kinds)
    at = np.zeros(len(new.kind), dtype=np.int64)
    users = packed(new.account, at, new.tweet, new.kind, (accounts, 1))
    rows = packed(new.tweet, at, new.account, new.kind, (tweets, 1))
    return Segments(
        until_ms,
        segments.segment_ms,
        segments.kinds,
        alone(rolled_on(segments.users.base, users)),
        alone(rolled_on(segments.tweets.base, rows)),
    )


def _of_kinds(deeds: DeedColumns, kinds: Ints) -> DeedColumns:
    wanted = np.isin(deeds.kind, kinds)
    return DeedColumns(
        deeds.account[wanted], deeds.tweet[wanted], deeds.kind[wanted], deeds.at_ms[wanted]
    )
