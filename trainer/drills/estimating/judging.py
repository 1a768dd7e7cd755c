"""What an estimate comes to: the answer's size, and every step on the way. Pure."""

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

from trainer.drills.estimating.amounts import Amount
from trainer.drills.estimating.amounts import ratio as ratio_of
from trainer.drills.estimating.claims import meant
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.fitting import readings
from trainer.drills.estimating.labels import label_note
from trainer.drills.estimating.posed import Posed
from trainer.drills.estimating.sheet import Line, read
from trainer.drills.estimating.showing import shown, shown_number
from trainer.drills.estimating.slips import slips
from trainer.drills.estimating.steps import Step, steps
from trainer.drills.estimating.told_times import with_told_time

RIGHT_WITHIN: Final = 0.1  # of the right answer
_KEPT: Final = 32  # answers: one request looks at the same several times
_TWICE: Final = 1.95
ORDER: Final = 10**0.5  # a factor within which the order of magnitude is right


class Outcome(IntEnum):
    """From worst to best: by its order of magnitude, and within a tenth."""

    WRONG = 1
    ORDER = 2
    RIGHT = 3


@dataclass(frozen=True)
class Judged:
    """`said` is the answer as it was read, `ratio` how many times the right one it is."""

    outcome: Outcome
    said: str
    ratio: float
    sentences: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def is_right(self) -> bool:
        return self.outcome is Outcome.RIGHT

    @property
    def is_clean(self) -> bool:
        """Whether no step has anything to be said against it."""
        return all(step.is_clean for step in self.steps)


@lru_cache(maxsize=_KEPT)
def answer_of(text: str, posed: Posed) -> tuple[tuple[Line, ...], Amount]:
    """The lines, and the last one's value as it was meant; the last line's notes say how. Raises
    EstimateError, naming the line, for an estimate that cannot be worked out or ends in another
    kind of unit than was asked."""
    lines = read(text)
    if not lines:
        raise EstimateError("There is no step yet. Write one, or show the derivation instead.")
    for line in lines:
        if line.error:
            raise EstimateError(f"Line {line.number}: {line.error}")
    last = lines[-1]
    value, note = with_told_time(_answer(last, posed), lines, posed)
    try:
        readings(value, posed.asked, posed.task.unit)
        notes = (note, label_note(value, posed, is_stated=last.is_stated))
    except EstimateError as error:
        raise EstimateError(f"Line {last.number}: {error}") from None
    last = replace(last, notes=(*last.notes, *(each for each in notes if each)))
    return (*lines[:-1], last), value


def _answer(last: Line, posed: Posed) -> Amount:
    if last.value is None:
        raise EstimateError(last.error)
    return meant(last.claims[-1], last.value, posed.asked) if last.claims else last.value


@lru_cache(maxsize=_KEPT)
def judged(text: str, posed: Posed) -> Judged:
    """Raises EstimateError as `answer_of` does."""
    lines, value = answer_of(text, posed)
    right = ratio_of(posed.right, posed.asked)
    ratios = [each / right for each in readings(value, posed.asked, posed.task.unit)]
    ratio = min(ratios, key=_distance)
    outcome = _outcome(ratio)
    return Judged(
        outcome,
        shown(value),
        ratio,
        _sentences(outcome, ratio, posed),
        steps(lines, posed),
    )


def _distance(ratio: float) -> float:
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def _outcome(ratio: float) -> Outcome:
    if abs(ratio - 1) <= RIGHT_WITHIN:
        return Outcome.RIGHT
    return Outcome.ORDER if _distance(ratio) <= math.log(ORDER) else Outcome.WRONG


def _sentences(outcome: Outcome, ratio: float, posed: Posed) -> tuple[str, ...]:
    if outcome is Outcome.RIGHT:
        return ()
    return (_off(ratio), *slips(posed, ratio))


def _off(ratio: float) -> str:
    if ratio <= 0:
        return "An amount is above 0: a sign, or a minus between two steps, is the wrong one."
    factor, way = (ratio, "high") if ratio > 1 else (1 / ratio, "low")
    times = shown_number(float(f"{factor:.2g}"))
    if factor <= ORDER:
        far = f"{times} times" if factor >= _TWICE else f"{abs(ratio - 1):.0%}"
        return f"The order of magnitude is right. You are {far} too {way}."
    orders = round(2 * math.log10(factor)) / 2
    many = "an order" if orders == 1 else f"{orders:g} orders"
    return f"You are about {times} times too {way}: {many} of magnitude."
