"""All that is counted from a finished interview and a grader's booleans. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.grading.attempts import WHOLE
from trainer.grading.grades import Grade, Quote
from trainer.interviews.grade.best import Best, best_moment
from trainer.interviews.grade.effective import Judged
from trainer.interviews.grade.gap import gap_of
from trainer.interviews.grade.material import Material
from trainer.interviews.grade.mistakes import Found, is_judged, mistakes_found
from trainer.interviews.grade.quotes import Marks, marks
from trainer.interviews.grade.signals import Scored, says_nothing, scored
from trainer.interviews.grade.training import Training, trainings
from trainer.interviews.grade.verdict import Judgement, judge
from trainer.interviews.report.gap import costliest_gap
from trainer.interviews.report.times import count
from trainer.lib.times import clock_time


@dataclass(frozen=True)
class Counted:
    """`grade` is None while there is none; then there is no more than the points as people judged
    them, and the log's `gap`. `judgement` is None for a pack without signals; `mistakes` are empty
    where the grader judges none."""

    material: Material
    grade: Grade | None
    gap: str
    scored: tuple[Scored, ...] = ()
    judgement: Judgement | None = None
    best: Best | None = None
    mistakes: tuple[Found, ...] = ()
    train: tuple[Training, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def judged(self) -> Mapping[str, Judged]:
        return self.material.judged

    @cached_property
    def marks(self) -> Marks:
        return marks(self.quotes)

    def why_not(self, topic: str) -> str:
        """Why the answers of a topic could not be graded; "" where they could."""
        answer = self.grade.of(topic) if self.grade else None
        return answer.why_not if answer else ""


def counted(material: Material, grade: Grade | None) -> Counted:
    """The signals, the verdict and what follows from them."""
    pack = material.pack
    if grade is None:
        return Counted(material, None, costliest_gap(material.state, pack))
    whole = grade.of(WHOLE)
    unread = whole.why_not if whole else ""
    signals = scored(material, unread)
    mistakes = mistakes_found(material) if is_judged(grade, pack) else ()
    return Counted(
        material,
        grade,
        gap_of(material),
        scored=signals,
        judgement=judge(signals, pack.signals, _nothing(material, unread)) if signals else None,
        best=best_moment(material.judged.values()),
        mistakes=mistakes,
        train=trainings(material, signals, mistakes),
        quotes=_quotes(material, mistakes),
    )


def _nothing(material: Material, unread: str) -> str:
    """Why every signal is at its minimum, where too little was said; "" where enough was."""
    if not says_nothing(material, unread):
        return ""
    used = clock_time(material.state.ended_s or 0.0)
    words = count(material.different_words, "different word")
    return (
        f"You sent {words} in {used}. There is nothing to grade, so each signal is at its lowest."
    )


def _quotes(material: Material, mistakes: tuple[Found, ...]) -> tuple[Quote, ...]:
    machine = (judged.machine for judged in material.judged.values())
    quotes = tuple(each.quote for each in machine if each and each.covered and each.quote)
    return quotes + tuple(each.quote for each in mistakes if each.quote)
