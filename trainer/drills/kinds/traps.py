"""Trap questions, as a ladder: answer, one follow-up, reveal, and then what to prove."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.numbers import fill
from trainer.catalog.schema import Pack
from trainer.drills import trap_grades as grades
from trainer.drills import trap_rules as rules
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Result, Sitting
from trainer.drills.log import FINISHED, Body, finished, kept, started
from trainer.drills.trap_page import page
from trainer.drills.typed import Refused
from trainer.grading import services as grading

MOVED_ON = "This round has moved on, so nothing was sent. What you typed is shown below."
ENDS = {FINISHED, rules.CHECKED}  # a mark after the end changes what was covered
SAID = {"1": True, "0": False}


def _items(pack: Pack) -> Sequence[str]:
    return [trap.id for trap in pack.traps]


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(chosen(_items(pack), seed, 1, wanted), rules.SECONDS)


def _answer(sitting: Sitting) -> Sequence[Body]:
    stage = rules.stage(sitting.log)
    n = {"answer": 1, "probe": 2}.get(stage)
    if n is None or sitting.typed.one("box") != f"answer-{n}":
        raise Refused(MOVED_ON)
    text = sitting.typed.needed("text", "There is no answer yet. Type one, or go to the reveal.")
    return [Body(rules.ANSWERED, {"n": n, "text": text})]


def _probe(sitting: Sitting) -> Sequence[Body]:
    """The follow-up is put, and its clock begins."""
    if rules.stage(sitting.log) != "answered":
        return []
    ask = rules.follow_up(grades.trap_of(sitting), grades.judged(sitting).get(1))
    if ask is None:
        raise Refused("There is no follow-up to this answer. Go on to the reveal.")
    text = fill(sitting.pack.numbers, ask.ask)
    return [Body(rules.PROBED, {"point": ask.point, "ask": text})]


def _reveal(sitting: Sitting) -> Sequence[Body]:
    if rules.stage(sitting.log) in {"revealed", "over"}:
        return []
    draft = kept(sitting.typed.one("box"), sitting.typed.one("text"))
    return [*draft, Body(rules.REVEALED, {})]


def _check(sitting: Sitting) -> Sequence[Body]:
    """The candidate says whether they covered a point."""
    point, said = sitting.typed.one("point"), SAID.get(sitting.typed.one("said"))
    if rules.stage(sitting.log) not in {"revealed", "over"}:
        raise Refused("The points are marked after the reveal.")
    if said is None or point not in {each.id for each in grades.trap_of(sitting).points}:
        raise Refused("That point is not in this question. Reload the page.")
    return [Body(rules.CHECKED, {"point": point, "said": said})]


def _regrade(sitting: Sitting) -> Sequence[Body]:
    """Grade again what the language model could not be asked for."""
    numbers = [said.n for said in rules.answers(sitting.log)]
    stale = [n for n in numbers if grades.may_repeat(grades.grading_at(sitting, n))]
    return [Body(rules.REGRADED, {"n": n}) for n in stale]


def _done(sitting: Sitting) -> Sequence[Body]:
    stage = rules.stage(sitting.log)
    if stage == "over":
        return []
    if stage != "revealed":
        raise Refused("The round ends after the reveal.")
    waits = any(row and row.is_active for row in grades.gradings(sitting))
    if waits and not sitting.log.of(rules.CHECKED):
        raise Refused("Your answer is still being graded. Wait a moment, or mark the points first.")
    return [finished()]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    for body in bodies:
        if body.kind == rules.ANSWERED:
            grades.ask_for_grade(sitting, body.data["n"], body.data["text"])
        if body.kind == rules.REGRADED and (row := grades.grading_at(sitting, body.data["n"])):
            grading.again(row)
    if not sitting.log.finished_at or not any(body.kind in ENDS for body in bodies):
        return ()
    rows = grades.rows(sitting)
    known = {row.id: row.covered for row in rows if row.covered is not None}
    return [Result(sitting.log.items[0], rules.rating(rows), known)]


def _summary(sitting: Sitting) -> dict[str, Any]:
    trap = grades.trap_of(sitting)
    summary: dict[str, Any] = {"item": trap.id, "title": trap.title}
    if sitting.log.finished_at:
        rows = grades.rows(sitting)
        summary |= {"covered": sum(bool(row.covered) for row in rows), "of": len(rows)}
    return summary


DRILL = Drill(
    slug="traps",
    title="Trap questions",
    trains="Answer one hard question in three minutes, then the follow-up at what you left out.",
    minutes=6,
    template="drills/traps.html",
    items=_items,
    begin=_begin,
    page=page,
    commands={
        "answer": _answer,
        "probe": _probe,
        "reveal": _reveal,
        "check": _check,
        "regrade": _regrade,
        "done": _done,
    },
    then=_then,
    summary=_summary,
)
