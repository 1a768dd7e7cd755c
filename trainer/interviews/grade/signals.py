"""The five signals, each from 1 to 4 or without evidence. Pure."""

import math
from dataclasses import dataclass

from trainer.catalog.signals_schema import Level, Measure, Signal
from trainer.interviews.grade.material import Material
from trainer.interviews.grade.measures import read


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure read, in words, and its score at the level, 1 to 4."""

    measure: Measure
    said: str
    score: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A signal. `score` is None where there is not enough evidence; `why` then says why."""

    signal: Signal
    score: int | None
    level: Level
    measured: tuple[Measured, ...] = ()
    why: str = ""

    @property
    def anchor(self) -> str:
        """What this score looks like at this level; "" without one."""
        anchors = self.signal.anchors[self.level]
        return next((text for score, text in anchors.items() if score == self.score), "")

    @property
    def next_anchor(self) -> str:
        """What the next better score looks like; "" at the best and without one."""
        anchors = self.signal.anchors[self.level]
        wanted = (self.score or 4) + 1
        return next((text for score, text in anchors.items() if score == wanted), "")

    @property
    def weakest(self) -> Measured | None:
        """The measure that costs the most."""

        def cost(each: Measured) -> float:
            return (4 - each.score) * max(each.measure.weight, 1.0)

        return max(self.measured, key=cost, default=None)


def scored(material: Material, why_unread: str = "") -> tuple[Scored, ...]:
    """Every signal of the pack. `why_unread`: why the grader could not read the text ("")."""
    return tuple(_scored(material, each, why_unread) for each in material.pack.signals.signals)


def says_nothing(material: Material, why_unread: str = "") -> bool:
    """Whether there is too little said to grade anything. Of a text that the grader cannot read
    nobody knows: some scripts have no blanks between words."""
    if why_unread and material.different_words:
        return False
    return material.different_words < material.pack.signals.least_words


def _scored(material: Material, signal: Signal, why_unread: str) -> Scored:
    level = material.state.level
    if material.planned.isdisjoint(signal.phases):
        return Scored(signal, None, level, why="This format has no part that shows it.")
    if says_nothing(material, why_unread):
        words = material.different_words
        why = "Nothing was sent." if not words else f"Too little was sent: {words} different words."
        return Scored(signal, 1, level, why=why.replace("1 different words", "1 word"))
    if why_unread:
        return Scored(signal, None, level, why=why_unread)
    measured = tuple(_measured(material, signal, level))
    weight = sum(each.measure.weight for each in measured)
    if not weight:
        return Scored(signal, None, level, measured, "Nothing that shows it came up.")
    mean = sum(each.score * each.measure.weight for each in measured) / weight
    cap = min((each.score for each in measured if each.measure.caps), default=4)
    return Scored(signal, min(math.ceil(mean - 0.5), cap), level, measured)


def _measured(material: Material, signal: Signal, level: Level) -> list[Measured]:
    found = []
    for measure in signal.measures:
        reading = read(material, measure)
        if reading is not None:
            score = _score(measure, reading.value, level)
            found.append(Measured(measure, reading.said, score))
    return found


def _score(measure: Measure, value: float, level: Level) -> int:
    sign = -1 if measure.falls else 1
    return 1 + sum(sign * value >= sign * cut for cut in measure.cuts[level])
