"""The shape of signals.yaml: how an interview is graded, from points, questions and its log.

A signal is scored from 1 (strong no) to 4 (strong yes) by measures. Each measure reads one value
out of the interview and compares it with three cut-offs of the level: from the first on it is 2,
from the second 3, from the third 4. The signal is the weighted mean of its measures, rounded (a
half down), and never above a measure that caps it.
"""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, FiniteFloat, model_validator

from trainer.catalog.fields import Model, PointId, Prose, Slug, Words

Level = Literal["mid", "senior", "staff"]
Score = Literal[1, 2, 3, 4]
T = TypeVar("T")
LEVELS: tuple[Level, ...] = ("mid", "senior", "staff")
SCORES: tuple[Score, ...] = (1, 2, 3, 4)

# What a measure reads. In brackets: its value.
MeasureKind = Literal[
    "questions",  # the essential questions that were asked (a share)
    "unwanted",  # the questions asked that should not be (a count; fewer are better)
    "figures",  # numbers of the ledger that were used rightly (a count)
    "components",  # parts of the architecture that were drawn or named (a count)
    "arrows",  # connections that the outline draws (a count)
    "points",  # of `points`, those covered (a count)
    "topic_points",  # of the points of the `topics` that came up, those covered (a share)
    "answered",  # of the questions of the `topics`, those answered in a sentence or more (a share)
    "words",  # different words said (a count for each phase of the plan)
    "pace",  # planned minutes that were given to the phase they were planned for (a share)
    "quiet",  # the longest stretch without a message, typing or drawing (minutes; less is better)
    "closing",  # words said in the last phase (a count)
]
FALLING: frozenset[str] = frozenset({"unwanted", "quiet"})  # less is better
TopicKind = Literal["trap", "dive", "trade_off"]


def _whole(scores: dict[Score, str]) -> dict[Score, str]:
    if missing := [str(score) for score in SCORES if score not in scores]:
        raise ValueError(f"expected a sentence for each of 1 to 4, but {', '.join(missing)} lacks")
    return dict(sorted(scores.items()))


def _all_levels(levels: dict[Level, T]) -> dict[Level, T]:
    if missing := [level for level in LEVELS if level not in levels]:
        raise ValueError(f"expected mid, senior and staff, but {', '.join(missing)} lacks")
    return levels


Cuts = tuple[FiniteFloat, FiniteFloat, FiniteFloat]
Anchors = Annotated[dict[Score, Prose], AfterValidator(_whole)]
PhaseName = Literal["clarify", "high_level", "deep_dive", "scale", "wrap_up", "challenge"]


class Measure(Model):
    """One thing that is read. `points` and `topics` say of what, where the kind needs it; `label`
    calls the points by one name ("2 of 6 points on failure").

    `caps`: the signal is never above this measure. A `weight` of 0: it only caps.
    """

    kind: MeasureKind
    weight: Annotated[FiniteFloat, Field(ge=0, le=10)] = 1.0
    caps: bool = False
    points: tuple[PointId, ...] = ()
    label: Words | None = None
    topics: tuple[TopicKind, ...] = ()
    cuts: dict[Level, Cuts]

    @property
    def falls(self) -> bool:
        """Whether less is better."""
        return self.kind in FALLING

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _all_levels(self.cuts)
        for level, cuts in self.cuts.items():
            if sorted(cuts, reverse=self.falls) != list(cuts):
                way = "fall" if self.falls else "rise"
                raise ValueError(f"expected cut-offs that {way}, but {level} has {cuts}")
        if not (self.kind == "points") == bool(self.points) == bool(self.label):
            raise ValueError("expected points with a label exactly where the kind is points")
        if (self.kind in {"topic_points", "answered"}) != bool(self.topics):
            raise ValueError("expected topics exactly where the kind asks for topics")
        if not self.weight and not self.caps:
            raise ValueError("expected a weight above 0, or that it caps")
        return self


class Signal(Model):
    """`phases`: an interview with none of them gives no evidence for this signal. `anchors`: what
    each score looks like at each level. `drill` trains it."""

    id: Slug
    name: Words
    what: Prose
    phases: Annotated[tuple[PhaseName, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    anchors: Annotated[dict[Level, Anchors], AfterValidator(_all_levels)]
    drill: Slug | None = None


class Verdict(Model):
    """A verdict for signals whose mean is at least `mean` and of which none is below `lowest`."""

    id: Slug
    name: Words
    mean: Annotated[FiniteFloat, Field(ge=1, le=4)]
    lowest: Score = 1


class Naming(Model):
    """By which words people name a number of the ledger, so that a figure of theirs right beside
    them can be told to be another. `also`: numbers that the same words may mean as well. Within
    the `factor` of one of these a figure is not wrong, and neither is one whose sentence holds a
    word of `unless`."""

    number: Slug
    names: Annotated[tuple[Words, ...], Field(min_length=1)]
    also: tuple[Slug, ...] = ()
    unless: tuple[Words, ...] = ()
    factor: Annotated[FiniteFloat, Field(ge=1, le=1000)] = 1.25


class Signals(Model):
    """signals.yaml. `least_words`: with fewer different words there is nothing to grade, and every
    signal is 1. `verdicts`: the four, from the best to the worst, the last for all that is left;
    each also names the score of a signal, 4 to 1."""

    signals: tuple[Signal, ...] = ()
    verdicts: Annotated[tuple[Verdict, ...], Field(max_length=4)] = ()
    least_words: Annotated[int, Field(ge=0, le=1000)] = 0
    names: tuple[Naming, ...] = ()

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.signals and (len(self.verdicts) != 4 or self.verdicts[-1].mean > 1):
            raise ValueError("expected four verdicts, of which the last has a mean of 1")
        return self

    def name_of(self, score: int) -> str:
        """A signal's score in words."""
        return self.verdicts[-score].name
