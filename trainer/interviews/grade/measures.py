"""What each kind of measure reads out of an interview. Pure.

A reading is a value with its words; None is no evidence: the format had no place for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from trainer.catalog.signals_schema import Measure, MeasureKind
from trainer.interviews.grade.material import Material, answered
from trainer.interviews.report.times import count, listed
from trainer.lib.times import clock_time

_PHASES = {"dive": {"deep_dive"}, "trade_off": {"scale"}, "trap": set[str]()}
_NAMES = {"trap": "hard questions", "dive": "deep dives", "trade_off": "the trade-off"}


@dataclass(frozen=True, slots=True)
class Reading:
    value: float
    said: str


def read(material: Material, measure: Measure) -> Reading | None:
    """The measure's value in this interview."""
    return _READERS[measure.kind](material, measure)


def _questions(material: Material, _: Measure) -> Reading | None:
    if "clarify" not in material.planned:
        return None
    asked, of = len(material.clarifying.asked), len(material.pack.clarify.essential)
    return Reading(asked / of, f"{asked} of {of} essential questions asked") if of else None


def _unwanted(material: Material, _: Measure) -> Reading:
    put = len(material.clarifying.avoidable)
    return Reading(put, f"{count(put, 'question')} better not asked")


def _figures(material: Material, _: Measure) -> Reading:
    right = sum(figure.verdict in {"right", "contested"} for figure in material.figures)
    return Reading(right, f"{count(right, 'number')} of the pack used")


def _components(material: Material, _: Measure) -> Reading:
    parts = len(material.components)
    return Reading(parts, f"{count(parts, 'part')} of the architecture drawn or named")


def _arrows(material: Material, _: Measure) -> Reading:
    return Reading(material.arrows, f"{count(material.arrows, 'connection')} drawn in the outline")


def _points(material: Material, measure: Measure) -> Reading:
    covered = sum(material.covered(point) for point in measure.points)
    return Reading(covered, f"{covered} of {len(measure.points)} {measure.label}")


def _topic_points(material: Material, measure: Measure) -> Reading | None:
    topics = material.topics_of(measure.topics)
    points = {point.id for topic in topics for point in topic.points}
    if not points:
        return _never_came(material, measure)
    covered = sum(material.covered(point) for point in points)
    where = listed([f"“{topic.title}”" for topic in topics])
    return Reading(covered / len(points), f"{covered} of {len(points)} points of {where}")


def _answered(material: Material, measure: Measure) -> Reading | None:
    asked = [each for topic in material.topics_of(measure.topics) for each in topic.asked]
    if not asked:
        return _never_came(material, measure)
    full = sum(answered(each) for each in asked)
    of = count(len(asked), "question")
    kinds = ", ".join(_NAMES[kind] for kind in measure.topics)
    return Reading(full / len(asked), f"{full} of {of} answered in a sentence or more ({kinds})")


def _never_came(material: Material, measure: Measure) -> Reading | None:
    """Nothing of that kind was asked: where the interview ended before its place, that counts as
    not covered; else there is nothing to judge."""
    format_ = material.pack.format(material.state.format_id)
    phases = set().union(*(_PHASES[kind] for kind in measure.topics))
    expected = phases & material.planned or (
        "trap" in measure.topics and format_ is not None and format_.traps > 0
    )
    if not expected or material.reached_all:
        return None
    kinds = listed([_NAMES[kind] for kind in measure.topics])
    return Reading(0.0, f"the interview ended before {kinds} came up")


def _words(material: Material, _: Measure) -> Reading:
    phases = max(len(material.planned), 1)
    words = material.different_words
    return Reading(words / phases, f"{count(words, 'different word')} in all")


def _pace(material: Material, _: Measure) -> Reading | None:
    """The minutes of the plan that went to their own phase."""
    state = material.state
    if state.plan.untimed or state.last_at is None or not state.plan.total_s:
        return None
    spent = state.phase_seconds(state.last_at)
    kept = sum(min(s, p.seconds) for s, p in zip(spent, state.plan.phases, strict=True))
    share = kept / state.plan.total_s
    return Reading(share, f"{share:.0%} of the planned minutes went to the phase they were for")


def _quiet(material: Material, _: Measure) -> Reading | None:
    """In minutes of the usual time: who has extra time may be silent for longer."""
    if material.state.plan.untimed:
        return None
    said = f"the longest stretch without a word or a line drawn: {clock_time(material.quiet_s)}"
    return Reading(material.quiet_s / 60 / material.state.extra, said)


def _closing(material: Material, _: Measure) -> Reading | None:
    phases = material.state.plan.phases
    if not phases or phases[-1].id != "wrap_up":
        return None
    said = [line for line in material.state.said() if line.phase == len(phases) - 1]
    words = sum(len(line.text.split()) for line in said)
    return Reading(words, f"{count(words, 'word')} in {phases[-1].name}")


_READERS: dict[MeasureKind, Callable[[Material, Measure], Reading | None]] = {
    "questions": _questions,
    "unwanted": _unwanted,
    "figures": _figures,
    "components": _components,
    "arrows": _arrows,
    "points": _points,
    "topic_points": _topic_points,
    "answered": _answered,
    "words": _words,
    "pace": _pace,
    "quiet": _quiet,
    "closing": _closing,
}
