"""Mistakes: a short flawed design, in which the common mistakes are marked and named."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.drill_schema import FlawedDesign
from trainer.catalog.schema import Pack
from trainer.drills import after
from trainer.drills import flaw_rules as rules
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import FINISHED, Body, finished, started
from trainer.drills.typed import Refused


def _items(pack: Pack) -> Sequence[str]:
    return [design.id for design in pack.flawed]


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(chosen(_items(pack), seed, 1, wanted), rules.SECONDS)


def _design(sitting: Sitting) -> FlawedDesign:
    found = {design.id: design for design in sitting.pack.flawed}.get(sitting.log.items[0])
    if found is None:
        raise Refused("This design is no longer there. Start another round.")
    return found


def _mark(sitting: Sitting) -> Sequence[Body]:
    if rules.stage(sitting.log) != "mark":
        return []
    known = {str(place) for place in range(len(_design(sitting).sentences))}
    places = sorted({int(each) for each in sitting.typed.all("sentence") if each in known})
    if not places:
        raise Refused("No sentence is marked yet. Mark each one that makes a mistake.")
    return [Body(rules.MARKED, {"sentences": places})]


def _reopen(sitting: Sitting) -> Sequence[Body]:
    return [Body(rules.REOPENED, {})] if rules.stage(sitting.log) == "name" else []


def _name(sitting: Sitting) -> Sequence[Body]:
    if rules.stage(sitting.log) != "name":
        return []
    known = {mistake.id for mistake in sitting.pack.mistakes}
    names = {str(p): sitting.typed.one(f"name-{p}") for p in rules.marks(sitting.log)}
    if not known.issuperset(names.values()):
        raise Refused("Choose a mistake for each sentence that you marked, or go back to the text.")
    return [Body(rules.NAMED, {"names": names}), finished()]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    if not any(body.kind == FINISHED for body in bodies):
        return ()
    rows = rules.judged(sitting.log, _design(sitting))
    found = {f"flaw:{r.sentence.mistake}": r.verdict == "hit" for r in rows if r.sentence.mistake}
    rating = rules.rating(rows, late=sitting.log.is_late(sitting.now))
    return [Result(sitting.log.items[0], rating, found)]


def _page(sitting: Sitting) -> Page:
    design, stage = _design(sitting), rules.stage(sitting.log)
    context: dict[str, Any] = {"design": design, "stage": stage}
    if stage == "over":
        return Page(context | _over(sitting, design))
    marks = rules.marks(sitting.log)
    context["sentences"] = [
        (place, f"name-{place}", sentence, place in marks)
        for place, sentence in enumerate(design.sentences)
    ]
    return Page(context, sitting.log.deadline)


def _over(sitting: Sitting, design: FlawedDesign) -> dict[str, Any]:
    rows = rules.judged(sitting.log, design)
    ended = sitting.log.finished_at
    return {
        "rows": rows,
        "by_id": {mistake.id: mistake for mistake in sitting.pack.mistakes},
        "hits": rules.count(rows, "hit"),
        "planted": rules.planted(rows),
        "alarms": rules.count(rows, "false alarm"),
        "late": ended is not None and sitting.log.is_late(ended),
        "back": after.comes_back(sitting.round, design.id),
    }


def _summary(sitting: Sitting) -> dict[str, Any]:
    rows = rules.judged(sitting.log, _design(sitting))
    return {
        "item": sitting.log.items[0],
        "found": rules.count(rows, "hit"),
        "of": rules.planted(rows),
    }


DRILL = Drill(
    slug="mistakes",
    title="Mistakes in a design",
    trains="Read a short flawed design, and mark and name the common mistakes in it.",
    minutes=4,
    template="drills/mistakes.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"mark": _mark, "reopen": _reopen, "name": _name},
    then=_then,
    summary=_summary,
)
