"""The verdict over the signals at the chosen level, with its reason in a sentence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from trainer.catalog.signals_schema import Signals, Verdict
from trainer.interviews.grade.signals import Scored

PASSES = 3  # from this score on a signal speaks for the candidate


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` is None where no signal has evidence. `counted` of the signals have some."""

    verdict: Verdict | None
    why: str
    counted: int
    of: int


def judge(scored: tuple[Scored, ...], rubric: Signals, nothing: str = "") -> Judgement:
    """The first verdict whose mean and lowest signal are reached. `nothing`: why there was nothing
    to grade ("")."""
    scores = [each.score for each in scored if each.score is not None]
    if not scores:
        why = next((each.why for each in scored), "There is no rubric for this pack.")
        return Judgement(None, why, 0, len(scored))
    mean, lowest = fmean(scores), min(scores)
    fits = (v for v in rubric.verdicts if mean >= v.mean and lowest >= v.lowest)
    verdict = next(fits, rubric.verdicts[-1])
    why = nothing or _why(scored, rubric, verdict, mean)
    return Judgement(verdict, why, len(scores), len(scored))


def _why(scored: tuple[Scored, ...], rubric: Signals, verdict: Verdict, mean: float) -> str:
    counted = sorted((e for e in scored if e.score is not None), key=lambda each: each.score or 0)
    lowest = counted[0].score or 1
    barred = next((v for v in rubric.verdicts if mean >= v.mean), verdict)
    if barred is not verdict:
        low = f"{_first(counted)} is at {rubric.name_of(lowest).lower()}"
        return f"The signals together would do for {barred.name.lower()}, but {low}."
    strong = [each.signal.name for each in reversed(counted) if (each.score or 0) >= PASSES]
    weak = [each for each in counted if each.score == lowest]
    held = f"held back by {_first(weak)}"
    held += "".join(f", {each.signal.name}" for each in weak[1:])
    if lowest >= PASSES:
        name = rubric.name_of(lowest).lower()
        every = "Every signal" if len(counted) == len(scored) else "Every signal with evidence"
        return f"{every} speaks for it; the lowest, at {name}, is {_first(counted)}."
    carried = f"carried by {', '.join(strong)}" if strong else ""
    parts = (carried, held) if verdict in rubric.verdicts[:2] else (held, carried)
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _first(scored: Sequence[Scored]) -> str:
    """The first signal, with the measure that holds it down."""
    weakest = scored[0].weakest
    return scored[0].signal.name + (f" ({weakest.said})" if weakest else "")
