"""Precision, recall, F1 and kappa of judgements, and what chance alone would reach. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """One point of one answer: as a person judged it, and as a grader did."""

    answer: str
    question: str
    style: str
    point: str
    truth: bool
    borderline: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Of points: rightly covered, wrongly covered, missed, rightly not covered."""

    hits: int
    false: int
    missed: int
    clear: int

    @property
    def total(self) -> int:
        return self.hits + self.false + self.missed + self.clear

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)

    @property
    def kappa(self) -> float:
        """Cohen's: how far the agreement is above that of two who cover as much by chance."""
        n = self.total
        if not n:
            return 0.0
        agreed = (self.hits + self.clear) / n
        yes = (self.hits + self.false) * (self.hits + self.missed)
        no = (self.clear + self.missed) * (self.clear + self.false)
        chance = (yes + no) / n**2
        return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def counts(judgements: Iterable[Judgement]) -> Counts:
    """Borderline ones are left out."""
    kept = [each for each in judgements if not each.borderline]
    hits = sum(each.truth and each.said for each in kept)
    false = sum(not each.truth and each.said for each in kept)
    missed = sum(each.truth and not each.said for each in kept)
    return Counts(hits, false, missed, len(kept) - hits - false - missed)


def grouped(
    judgements: Sequence[Judgement], by: Callable[[Judgement], str]
) -> Mapping[str, Counts]:
    """The counts of each group, in the order of the groups' names."""
    names = sorted({by(each) for each in judgements})
    return {name: counts(each for each in judgements if by(each) == name) for name in names}


def macro_f1(judgements: Sequence[Judgement]) -> float:
    """The mean F1 of the points that any answer covers."""
    points = grouped(judgements, lambda each: each.point).values()
    judged = [each.f1 for each in points if each.hits + each.missed]
    return _share(sum(judged), len(judged))


def base_rate_f1(judgements: Sequence[Judgement]) -> float:
    """The pooled F1 (and precision) of covering each point as often as it is covered."""
    points = grouped(judgements, lambda each: each.point).values()
    right = sum((each.hits + each.missed) ** 2 / each.total for each in points if each.total)
    covered = sum(each.hits + each.missed for each in points)
    return _share(right, covered)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
