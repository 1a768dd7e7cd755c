"""A list without discovery and one with it: what gave way, and what came. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from trainer.twitter import api


@dataclass(frozen=True, eq=False)
class Sides:
    """`followed`: of the same candidates, without any out-of-network one."""

    followed: api.Reranked
    mixed: api.Reranked

    @cached_property
    def lost(self) -> list[api.RankedEntry]:
        """In the list of the followed, and not in the mixed one: best first."""
        kept = {shown(entry) for entry in self.mixed.entries}
        return [entry for entry in self.followed.entries if shown(entry) not in kept]

    @cached_property
    def brought(self) -> list[api.RankedEntry]:
        """The out-of-network ones of the mixed list, in its order."""
        return [entry for entry in self.mixed.entries if not entry.in_network]

    def rank(self, entry: api.RankedEntry) -> int:
        """Where it stands among the followed, from 1."""
        return self.followed.entries.index(entry) + 1


def shown(entry: api.RankedEntry) -> int:
    return entry.tweet.retweet_of or entry.tweet.id


def score_of(entries: Iterable[api.RankedEntry]) -> float:
    return sum(entry.score or 0.0 for entry in entries)
