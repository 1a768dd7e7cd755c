"""Submitted scorecards beside the machine's own marks, for the report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from trainer.host.card import NONE, Card, Mark, from_json
from trainer.host.models import Scorecard
from trainer.interviews.grade.counted import counted
from trainer.interviews.grade.effective import judged_points
from trainer.interviews.grade.shown import Graded

NO_EVIDENCE = "Not enough evidence"
NOT_YET = "Not graded yet"


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine alone, without what people said of points: by signal 1 to 4 or None (not enough
    evidence); `verdict` is an id ("": none). `graded` is False while there is no grade."""

    graded: bool
    scores: dict[str, int | None]
    verdict: str = ""
    verdict_name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A signal: what the machine and the rater gave it, how far they agree, and why."""

    name: str
    machine: str
    rater: str
    agreement: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class PointRow:
    """An overruled point, with its text."""

    id: str
    text: str
    covered: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A scorecard as the report shows it."""

    who: str
    at: datetime
    rows: tuple[Row, ...]
    verdict: Row
    comment: str
    points: tuple[PointRow, ...]
    agreed: str


def machine_of(graded: Graded) -> Machine:
    """The machine's marks, as they were without any person's word on a point."""
    material, grade = graded.counted.material, graded.counted.grade
    alone = counted(replace(material, judged=judged_points(material.pack, grade, {})), grade)
    if alone.judgement is None:
        return Machine(False, {})
    verdict = alone.judgement.verdict
    return Machine(
        graded=True,
        scores={each.signal.id: each.score for each in alone.scored},
        verdict=verdict.id if verdict else "",
        verdict_name=verdict.name if verdict else NO_EVIDENCE,
    )


def beside(cards: Iterable[Scorecard], machine: Machine) -> tuple[Beside, ...]:
    """Each card beside the machine's marks."""
    return tuple(_beside(each, machine) for each in cards)


def _beside(stored: Scorecard, machine: Machine) -> Beside:
    content, card = stored.content, from_json(stored.content)
    rows = tuple(_row(mark, content, machine) for mark in card.marks)
    return Beside(
        who=stored.who,
        at=stored.submitted_at,
        rows=rows,
        verdict=_verdict(card, content, machine),
        comment=card.comment,
        points=tuple(
            PointRow(p.point, content["point_texts"].get(p.point, ""), p.covered, p.reason)
            for p in card.points
        ),
        agreed=_agreed(card, machine),
    )


def _row(mark: Mark, content: dict[str, Any], machine: Machine) -> Row:
    theirs = machine.scores.get(mark.signal)
    return Row(
        name=content["names"].get(mark.signal, mark.signal),
        machine=_score(theirs, content) if machine.graded else NOT_YET,
        rater=_score(mark.score, content),
        agreement=_distance(theirs, mark.score) if machine.graded else "",
        mark=mark,
    )


def _score(score: int | None, content: dict[str, Any]) -> str:
    if score is None:
        return NO_EVIDENCE
    return f"{score}, {content['scores'][str(score)].lower()}"


def _distance(machine: int | None, rater: int | None) -> str:
    if machine is None and rater is None:
        return "Agree"
    if machine is None or rater is None:
        return "Not comparable"
    return ("Agree", "One apart", "Two apart", "Three apart")[abs(machine - rater)]


def _verdict(card: Card, content: dict[str, Any], machine: Machine) -> Row:
    rater = NO_EVIDENCE if card.verdict == NONE else content["verdict_name"]
    if not machine.graded:
        return Row("Verdict", NOT_YET, rater, "")
    same = (machine.verdict or NONE) == card.verdict
    return Row("Verdict", machine.verdict_name, rater, "Agree" if same else "Differ")


def _agreed(card: Card, machine: Machine) -> str:
    """How many signals have the same mark; "" while there is nothing to compare."""
    both = [
        (theirs, mark.score)
        for mark in card.marks
        if (theirs := machine.scores.get(mark.signal)) is not None and mark.score is not None
    ]
    if not both:
        return ""
    same = sum(one == other for one, other in both)
    return f"The same mark in {same} of the {len(both)} signals that both could score."
