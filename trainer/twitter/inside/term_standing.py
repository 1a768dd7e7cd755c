"""Where one term stands, listed or not, at any minute of an experiment's time.

The list of trends shows who passed and who nearly did. What is asked here is one term's figures at
any time, also when it scores nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from trainer.twitter.inside.term_mentions import mentions_of
from trainer.twitter.trends.gates import (
    Crowd,
    Finding,
    Verdict,
    enough_authors,
    examine,
    lasting,
    worst,
)
from trainer.twitter.trends.mentions import MINUTE_S
from trainer.twitter.trends.ranking import crowd_of
from trainer.twitter.trends.rules import RULES, TrendRules
from trainer.twitter.trends.scoring import scores, tally
from trainer.twitter.trends.selectors import birthdays
from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class TermStanding:
    """All of the newest window of `TrendRules.window_min` minutes. `mentions` stand, `retracted`
    were deleted again; `authors` by head, `observed` and `expected` weighted by quality and age."""

    term: str
    mentions: int
    retracted: int
    authors: int
    observed: float
    expected: float
    score: float
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Of the gates alone, before any person decides."""
        return worst(self.findings)


def term_standing(
    world: World,
    term: str,
    *,
    at: datetime,
    region: int | None = None,
    rules: TrendRules = RULES,
) -> TermStanding:
    """A term in all regions, or within one, as it stood at `at` (world time); `term` is folded and
    without its #."""
    minute = int(at.timestamp()) // MINUTE_S
    own = mentions_of(world, term, minute - rules.history_min, minute)
    if region is not None:
        own = own.where(own.region == region)
    counts = tally(own, minute, rules)
    newest = scores(counts, replace(rules, scored_min=rules.window_min))
    crowd = crowd_of(own, birthdays(world.root.id), 0, minute, rules)
    return TermStanding(
        term=term,
        mentions=int(counts.mentions[0, 0]),
        retracted=crowd.retracted,
        authors=int(newest.authors[0]),
        observed=float(newest.observed[0]),
        expected=float(newest.expected[0]),
        score=float(newest.score[0]),
        findings=_findings(crowd, rules, is_global=region is None),
    )


def _findings(crowd: Crowd, rules: TrendRules, *, is_global: bool) -> tuple[Finding, ...]:
    """Of a crowd in which nobody is left only two gates can say anything."""
    if not len(crowd.author):
        return (enough_authors(crowd, rules), lasting(crowd, rules))
    return examine(crowd, rules, is_global=is_global)
