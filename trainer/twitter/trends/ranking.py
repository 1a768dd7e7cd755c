"""From mentions to a list of trends: score, put in order, send through the gates. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.trends.gates import Crowd, Finding, Verdict, examine, worst
from trainer.twitter.trends.mentions import Mentions
from trainer.twitter.trends.rules import TrendRules
from trainer.twitter.trends.scoring import Scores, scores, tally, windows_ago

DAY_MIN = 1440


@dataclass(frozen=True, slots=True)
class Trend:
    """A term with what it scored and why. All is of its best window, which ended `minutes_ago`:
    `observed` and `expected` in weighted distinct authors, `authors` by head, and by region."""

    term: str
    score: float
    observed: float
    expected: float
    authors: int
    mentions: int
    regions: Mapping[int, int]
    minutes_ago: int
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What trends, what would if a person lets it, and what else scored as much but does not."""

    trends: tuple[Trend, ...]
    waiting: tuple[Trend, ...]
    refused: tuple[Trend, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the unix minute in world time, how many, for all regions or within one; and
    what people decided before, by term:
    `approved` or `rejected`."""

    minute: int
    limit: int
    is_global: bool
    decisions: Mapping[str, str]


def rank(
    mentions: Mentions, born: NDArray[np.int64], question: Question, rules: TrendRules
) -> Ranking:
    """The top `limit` of the mentions given. `born[account id]`: the unix minute of its making.

    A flagged term takes no place from the others, but waits only where it would have one.
    """
    trends: list[Trend] = []
    waiting: list[Trend] = []
    refused: list[Trend] = []
    for trend in _candidates(mentions, born, question, rules):
        if trend.verdict is Verdict.REFUSED:
            refused.append(trend)
        elif trend.verdict is Verdict.KEPT:
            trends.append(trend)
        elif len(trends) + len(waiting) < question.limit:
            waiting.append(trend)
        if len(trends) == question.limit:
            break
    return Ranking(tuple(trends), tuple(waiting), tuple(refused[: question.limit]))


def _candidates(
    mentions: Mentions, born: NDArray[np.int64], question: Question, rules: TrendRules
) -> Iterator[Trend]:
    """Terms that scored, best first; those of too few authors come last, and only `limit` of them
    (there are thousands)."""
    found = scores(tally(mentions, question.minute, rules), rules)
    order = np.lexsort((np.array(mentions.terms, dtype=object), -found.score))
    order = order[found.score[order] > 0]
    many = found.authors[order] >= rules.minimum_authors
    for place in (*order[many], *order[~many][: question.limit]):
        yield _examined(mentions, born, int(place), found, question, rules)


def _examined(
    mentions: Mentions,
    born: NDArray[np.int64],
    place: int,
    found: Scores,
    question: Question,
    rules: TrendRules,
) -> Trend:
    places = np.flatnonzero(mentions.term == place)
    own = mentions.where(places[np.argsort(mentions.minute[places], kind="stable")])
    crowd = crowd_of(own, born, int(found.window[place]), question.minute, rules)
    term = mentions.terms[place]
    findings = examine(crowd, rules, is_global=question.is_global)
    return Trend(
        term=term,
        score=float(found.score[place]),
        observed=float(found.observed[place]),
        expected=float(found.expected[place]),
        authors=int(found.authors[place]),
        mentions=int(found.mentions[place]),
        regions=dict(_counted(crowd.region[crowd.firsts])),
        minutes_ago=int(found.window[place]) * rules.window_min,
        findings=_reviewed(findings, question.decisions.get(term)),
    )


def crowd_of(
    own: Mentions, born: NDArray[np.int64], window: int, minute: int, rules: TrendRules
) -> Crowd:
    """Who made one term what it was in a window: `own` are the mentions of that term, by time."""
    ago = windows_ago(own.minute, minute, rules)
    inside = own.where((ago == window) & ~own.retracted)
    before = own.author[(ago > window) & (ago < rules.windows) & ~own.retracted]
    age_days = (inside.minute - born[inside.author]) / DAY_MIN
    return Crowd(
        author=inside.author,
        minute=inside.minute,
        region=inside.region,
        weight=inside.weight,
        new=age_days < rules.new_account_days,
        newcomer=~np.isin(inside.author, before),
        retracted=int(np.count_nonzero((ago == window) & own.retracted)),
    )


def _reviewed(findings: tuple[Finding, ...], decision: str | None) -> tuple[Finding, ...]:
    """With a person's decision: approving lifts the flags, and no refusal."""
    if decision is None:
        return findings
    if decision == "rejected":
        said = Finding("review", Verdict.REFUSED, 0.0, "a person rejected it")
        return (*findings, said)
    lifted = (
        replace(finding, verdict=Verdict.KEPT) if finding.verdict is Verdict.FLAGGED else finding
        for finding in findings
    )
    return (*lifted, Finding("review", Verdict.KEPT, 1.0, "a person approved it"))


def _counted(values: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Each value with how often it occurs."""
    return ((value, count) for value, count in enumerate(np.bincount(values).tolist()) if count)
