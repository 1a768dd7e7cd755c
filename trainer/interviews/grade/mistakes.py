"""The common mistakes: avoided in these words, made in these, or not mentioned. Pure."""

from dataclasses import dataclass
from typing import Literal

from trainer.catalog.schema import Mistake, Pack
from trainer.grading.grades import Grade, PointGrade, Quote
from trainer.grading.offline.grader import AGAINST
from trainer.interviews.grade.effective import Judged, judged_points
from trainer.interviews.grade.material import Material
from trainer.interviews.report.evidence import all_words

Kind = Literal["made", "unmentioned", "avoided"]


@dataclass(frozen=True, slots=True)
class Found:
    """A mistake as the interview shows it. `quote`: the words that avoid it, or that make it."""

    mistake: Mistake
    kind: Kind
    judged: Judged
    quote: Quote | None = None


def mistakes_found(material: Material) -> tuple[Found, ...]:
    """Every mistake of the pack, in its order."""
    return tuple(_found(material, mistake) for mistake in material.pack.mistakes)


def is_judged(grade: Grade | None, pack: Pack) -> bool:
    """Whether the grader has judged the mistakes; else a search for words is all there is."""
    judged = judged_points(pack, grade, {})
    return any(judged[mistake.point.id].machine for mistake in pack.mistakes)


def _found(material: Material, mistake: Mistake) -> Found:
    judged = material.judged[mistake.point.id]
    machine = judged.machine
    if judged.covered:
        return Found(mistake, "avoided", judged, machine.quote if machine else None)
    against = _place(material, machine.note) if machine and _contradicted(machine) else None
    if judged.covered is False and against:
        return Found(mistake, "made", judged, against)
    return Found(mistake, "unmentioned", judged)


def _contradicted(machine: PointGrade) -> bool:
    """Whether the text asserts the mistake, and does not only leave its avoidance out."""
    return not machine.covered and machine.note.startswith(AGAINST)


def _place(material: Material, note: str) -> Quote | None:
    """The words that a note quotes, where they stand."""
    text = note.partition("“")[2].rpartition("”")[0]
    for words in all_words(material.state):
        start = words.text.find(text)
        if text and start >= 0:
            return Quote(words.source, words.seq, start, start + len(text), text)
    return None
