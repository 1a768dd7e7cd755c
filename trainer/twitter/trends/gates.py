"""Whether those who make a term trend look like a crowd. Pure.

The score already counts people, not tweets; the gates ask what it cannot see. Each gives what it
found with the figure behind it. A flag is a doubt for a person to settle; a refusal is final.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf, log2

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.trends.rules import TrendRules


class Verdict(StrEnum):
    KEPT = "kept"
    FLAGGED = "flagged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one gate says: `figure` is what it measured, in the unit that `reason` names."""

    gate: str
    verdict: Verdict
    figure: float
    reason: str


@dataclass(frozen=True)
class Crowd:
    """The mentions of one term in one window that stand, oldest first; each column is (mentions,).

    `new`: the author was young then; `newcomer`: did not use the term in the history before.
    `retracted`: the number of further mentions in the window that were deleted again.
    """

    author: NDArray[np.int64]
    minute: NDArray[np.int64]
    region: NDArray[np.int64]
    weight: NDArray[np.float64]
    new: NDArray[np.bool_]
    newcomer: NDArray[np.bool_]
    retracted: int

    @cached_property
    def _authors(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        _, first, count = np.unique(self.author, return_index=True, return_counts=True)
        return first, count

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The place of each author's first mention; (authors,)."""
        return self._authors[0]

    @property
    def mentions_each(self) -> NDArray[np.int64]:
        """The number of mentions of each author; (authors,)."""
        return self._authors[1]


Gate = Callable[[Crowd, TrendRules], Finding]


def enough_authors(crowd: Crowd, rules: TrendRules) -> Finding:
    """Distinct authors, whatever they count for."""
    authors = len(crowd.firsts)
    verdict = Verdict.REFUSED if authors < rules.minimum_authors else Verdict.KEPT
    reason = f"{authors} authors; at least {rules.minimum_authors} are needed"
    return Finding("enough_authors", verdict, authors, reason)


def author_diversity(crowd: Crowd, rules: TrendRules) -> Finding:
    """The weight of the authors, each once, against that of all their mentions: 1 if nobody repeats
    themselves, 1/n if everyone tweets n times."""
    every = float(crowd.weight.sum())
    share = float(crowd.weight[crowd.firsts].sum()) / every if every else 0.0
    verdict = _below(share, rules.diversity_flagged, rules.diversity_refused)
    reason = f"{share:.2f} authors a mention, by weight"
    return Finding("author_diversity", verdict, share, reason)


def effective_authors(crowd: Crowd, rules: TrendRules) -> Finding:
    """How many equally loud authors would be as concentrated (inverse Simpson index): all of them
    if each is as loud as the others, towards one if one drowns out the rest."""
    number, authors = _effective(crowd.mentions_each), len(crowd.firsts)
    few = number < rules.effective_share_flagged * authors
    reason = f"{authors} authors, as concentrated as {number:.1f} equally loud ones"
    return Finding("effective_authors", _flagged_if(few), number, reason)


def new_accounts(crowd: Crowd, rules: TrendRules) -> Finding:
    """The share of the authors whose account was young."""
    share = float(crowd.new[crowd.firsts].mean()) if len(crowd.author) else 0.0
    verdict = _above(share, rules.new_share_flagged, rules.new_share_refused)
    reason = f"{share:.0%} of the authors are younger than {rules.new_account_days:.0f} days"
    return Finding("new_accounts", verdict, share, reason)


def region_spread(crowd: Crowd, rules: TrendRules) -> Finding:
    """The share of the strongest region, by the weight of its authors. For global trends only."""
    firsts = crowd.firsts
    strength = np.bincount(crowd.region[firsts], weights=crowd.weight[firsts])
    every = float(strength.sum())
    share = float(strength.max()) / every if every else 0.0
    local = share > rules.top_region_share_refused
    reason = f"{share:.0%} from region {strength.argmax() if every else '-'}, as if from " + (
        f"{_effective(strength):.1f} equal regions"
    )
    return Finding("region_spread", Verdict.REFUSED if local else Verdict.KEPT, share, reason)


def natural_growth(crowd: Crowd, rules: TrendRules) -> Finding:
    """How fast the authors doubled at the fastest, in minutes; at most the window's length.

    A tag that passes from reader to writer grows by exp: doubling every d minutes, the newest s of
    them hold 1 - 2^(-s/d) of all its authors. So the share that uses the term for the first time
    within s minutes gives d. Two minutes are looked at as well as one, or a burst over the turn of
    a minute would seem half as sudden. Real news can be as sudden (everybody feels the
    earthquake), hence a flag, never a refusal.
    """
    authors = len(crowd.firsts)
    starts = crowd.minute[crowd.firsts][crowd.newcomer[crowd.firsts]]
    begun = np.bincount(starts - starts.min()) if len(starts) else np.zeros(1, dtype=np.int64)
    spans = {1: int(begun.max()), 2: int(np.convolve(begun, [1, 1]).max())}
    span_min = min(spans, key=lambda span: _doubling_min(spans[span] / authors, span))
    doubling_min = min(_doubling_min(spans[span_min] / authors, span_min), rules.window_min)
    fast = (
        doubling_min < rules.doubling_time_flagged_min and spans[span_min] >= rules.minimum_authors
    )
    reason = f"{spans[span_min]} of {authors} authors began within {_minutes(span_min)}"
    return Finding("natural_growth", _flagged_if(fast), doubling_min, reason)


def lasting(crowd: Crowd, rules: TrendRules) -> Finding:
    """The share of mentions that were deleted again: post, trend, delete is an attack seen in the
    wild (Elmas et al., "Ephemeral Astroturfing Attacks", 2021)."""
    every = len(crowd.author) + crowd.retracted
    share = crowd.retracted / every if every else 0.0
    verdict = _above(share, rules.retracted_share_flagged, rules.retracted_share_refused)
    return Finding("lasting", verdict, share, f"{share:.0%} of the mentions were deleted again")


REGIONAL: tuple[Gate, ...] = (
    enough_authors,
    author_diversity,
    effective_authors,
    new_accounts,
    natural_growth,
    lasting,
)
GLOBAL: tuple[Gate, ...] = (*REGIONAL, region_spread)


def examine(crowd: Crowd, rules: TrendRules, *, is_global: bool) -> tuple[Finding, ...]:
    """Every gate's finding; a regional list need not be spread over regions."""
    return tuple(gate(crowd, rules) for gate in (GLOBAL if is_global else REGIONAL))


def worst(findings: tuple[Finding, ...]) -> Verdict:
    """Refused if one gate refuses, else flagged if one flags."""
    found = {finding.verdict for finding in findings}
    return next(v for v in (Verdict.REFUSED, Verdict.FLAGGED, Verdict.KEPT) if v in found)


def _below(figure: float, flagged: float, refused: float) -> Verdict:
    if figure < refused:
        return Verdict.REFUSED
    return _flagged_if(figure < flagged)


def _above(figure: float, flagged: float, refused: float) -> Verdict:
    if figure > refused:
        return Verdict.REFUSED
    return _flagged_if(figure > flagged)


def _flagged_if(doubtful: bool) -> Verdict:
    return Verdict.FLAGGED if doubtful else Verdict.KEPT


def _effective(parts: NDArray[np.float64] | NDArray[np.int64]) -> float:
    """Inverse Simpson index: n for n equal parts, towards 1 as one outgrows the rest."""
    whole = float(parts.sum())
    return whole**2 / float((parts.astype(np.float64) ** 2).sum()) if whole else 0.0


def _doubling_min(share: float, span_min: int) -> float:
    """The doubling time, in minutes, at which the newest `span_min` hold `share` of all (0..1)."""
    if share >= 1.0:
        return 0.0
    return -span_min / log2(1.0 - share) if share else inf


def _minutes(number: int) -> str:
    return "one minute" if number == 1 else f"{number} minutes"
