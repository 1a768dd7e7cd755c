"""The sample interview, laid out on the clock of its format. Pure.

The lines of a phase share its minutes by their length: a line of twenty words takes twice as
long as one of ten. So the clock shows where in a real interview each sentence would fall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from trainer.catalog.schema import Line, Pack, Phase
from trainer.interviews.pacing import Plan, make_plan

PAUSE_WORDS = 4  # a breath before each line, so that a one-word line is not gone at once


@dataclass(frozen=True, slots=True)
class TimedLine:
    """`number` counts from 1 within the phase; `at_s` is the whole second of the interview."""

    who: str
    text: str
    number: int
    at_s: int


@dataclass(frozen=True, slots=True)
class SamplePhase:
    """`starts_s` and `ends_s` are seconds of the interview."""

    id: str
    name: str
    starts_s: float
    ends_s: float
    lines: tuple[TimedLine, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    title: str
    plan: Plan
    phases: tuple[SamplePhase, ...]


def sample_of(pack: Pack) -> Sample:
    """The pack's walkthrough on its format's clock.

    Raises LookupError where the walkthrough names a format that the pack lacks, or has no lines for
    a phase of its format.
    """
    walkthrough = pack.walkthrough
    format_ = pack.format(walkthrough.format)
    if format_ is None:
        raise LookupError(f"The walkthrough names format {walkthrough.format!r}: no such format.")
    spoken = {each.phase: each.lines for each in walkthrough.phases}
    silent = [phase.id for phase in format_.phases if phase.id not in spoken]
    if silent:
        raise LookupError(f"The walkthrough has no lines for {', '.join(silent)} of its format.")
    plan = make_plan([(each.id, each.name, each.minutes) for each in format_.phases])
    starts = (0.0, *plan.ends_s)
    phases = tuple(
        timed_phase(phase, spoken[phase.id], start, end)
        for phase, start, end in zip(format_.phases, starts, plan.ends_s, strict=False)
    )
    return Sample(walkthrough.title, plan, phases)


def timed_phase(phase: Phase, lines: Sequence[Line], start_s: float, end_s: float) -> SamplePhase:
    """One phase's lines, spread from `start_s` to `end_s` by their number of words."""
    weights = [len(line.text.split()) + PAUSE_WORDS for line in lines]
    before = (0, *accumulate(weights))
    per_word_s = (end_s - start_s) / sum(weights)
    timed = tuple(
        TimedLine(line.who, line.text, number, round(start_s + before[number - 1] * per_word_s))
        for number, line in enumerate(lines, start=1)
    )
    return SamplePhase(phase.id, phase.name, start_s, end_s, timed)
