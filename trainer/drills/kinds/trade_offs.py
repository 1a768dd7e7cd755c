"""Trade-offs: one decision, argued in the five steps of the framework, and graded step by step."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.schema import Decision, Pack
from trainer.drills import after
from trainer.drills import argument_rules as rules
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import FINISHED, Body, finished, started
from trainer.drills.trap_rules import CHECKED, REGRADED, REVEALED, PointRow, rating
from trainer.drills.typed import TEXT_LIMIT, Refused, TooLong
from trainer.grading import services as grading
from trainer.grading.grades import Grade
from trainer.grading.models import Grading
from trainer.grading.selectors import grading_of

SAID = {"1": True, "0": False}


def _items(pack: Pack) -> Sequence[str]:
    return [each.id for each in pack.trade_offs.decisions if each.ask] if pack.step_points else []


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(chosen(_items(pack), seed, 1, wanted), rules.SECONDS)


def _decision(sitting: Sitting) -> Decision:
    by_id = {each.id: each for each in sitting.pack.trade_offs.decisions}
    found = by_id.get(sitting.log.items[0])
    if found is None:
        raise Refused("This decision is no longer there. Start another round.")
    return found


def _grading(sitting: Sitting) -> Grading | None:
    return grading_of(sitting.subject(1), sitting.round.owner)


def _grade(sitting: Sitting) -> Grade | None:
    row = _grading(sitting)
    return row.grade if row else None


def _argue(sitting: Sitting) -> Sequence[Body]:
    if rules.stage(sitting.log) != "argue":
        raise Refused("Your argument was sent before, so nothing was sent now.")
    steps = sitting.pack.trade_offs.steps
    texts = {step.id: sitting.typed.one(f"step-{step.id}") for step in steps}
    length = sum(map(len, texts.values()))
    if length > TEXT_LIMIT:
        raise TooLong(
            f"The steps hold {length:,} characters together; the limit is {TEXT_LIMIT:,}. "
            "Nothing was cut and nothing was sent: shorten them and send them again."
        )
    if not any(text.strip() for text in texts.values()):
        raise Refused("All the steps are empty. Write at least one of them.")
    return [Body(rules.ARGUED, {"texts": texts})]


def _reveal(sitting: Sitting) -> Sequence[Body]:
    if rules.stage(sitting.log) in {"revealed", "over"}:
        return []
    return [Body(REVEALED, {})]


def _check(sitting: Sitting) -> Sequence[Body]:
    """The candidate says whether they covered a point."""
    point, said = sitting.typed.one("point"), SAID.get(sitting.typed.one("said"))
    if rules.stage(sitting.log) not in {"revealed", "over"}:
        raise Refused("The steps are marked after the reveal.")
    if said is None or point not in {row.id for row in _points(sitting)}:
        raise Refused("That point is not in this round. Reload the page.")
    return [Body(CHECKED, {"point": point, "said": said})]


def _regrade(sitting: Sitting) -> Sequence[Body]:
    """Grade again what the language model could not be asked for."""
    row = _grading(sitting)
    return [Body(REGRADED, {"n": 1})] if row and grading.may_repeat(row) else []


def _done(sitting: Sitting) -> Sequence[Body]:
    stage, row = rules.stage(sitting.log), _grading(sitting)
    if stage == "over":
        return []
    if stage != "revealed":
        raise Refused("The round ends after the reveal.")
    if row and row.is_active and not sitting.log.of(CHECKED):
        raise Refused("Your steps are still being graded. Wait a moment, or mark them first.")
    return [finished()]


def _points(sitting: Sitting) -> tuple[PointRow, ...]:
    return rules.judged(sitting.log, sitting.pack, _decision(sitting), _grade(sitting))


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    kinds = {body.kind for body in bodies}
    if rules.ARGUED in kinds:
        level, texts = sitting.round.level, rules.texts(sitting.log)
        asked = rules.attempt(sitting.pack, level, _decision(sitting), texts)
        grading.request(sitting.subject(1), asked, sitting.round.owner)
    row = _grading(sitting) if REGRADED in kinds else None
    if row:
        grading.again(row)
    if FINISHED not in kinds:
        return ()
    points = _points(sitting)
    known = {each.id: each.covered for each in points if each.covered is not None}
    return [Result(sitting.log.items[0], rating(points), known)]


def _page(sitting: Sitting) -> Page:
    decision, stage = _decision(sitting), rules.stage(sitting.log)
    context: dict[str, Any] = {"decision": decision, "stage": stage}
    if stage == "argue":
        return Page(context | {"steps": sitting.pack.trade_offs.steps}, sitting.log.deadline)
    row, written = _grading(sitting), rules.texts(sitting.log)
    sent = sitting.log.last(rules.ARGUED)
    context |= {
        "grading": row,
        "waiting": row is not None and row.is_active,
        "late": sent is not None and sitting.log.is_late(sent.at),
        "why_not": rules.why_not(_grade(sitting)),
    }
    points = _points(sitting)
    context["written"] = rules.steps(sitting.pack, written, points)
    if stage == "argued":
        return Page(context)
    back = after.comes_back(sitting.round, decision.id)
    context |= {
        "covered": sum(bool(each.covered) for each in points),
        "of": len(points),
        "argued": bool(written),
        "whole": points[-1],
        "regradable": row is not None and grading.may_repeat(row),
        "back": back,
    }
    return Page(context)


def _summary(sitting: Sitting) -> dict[str, Any]:
    summary: dict[str, Any] = {"item": sitting.log.items[0], "title": _decision(sitting).title}
    if sitting.log.finished_at:
        points = _points(sitting)
        summary |= {"covered": sum(bool(each.covered) for each in points), "of": len(points)}
    return summary


DRILL = Drill(
    slug="trade-offs",
    title="Trade-offs in five steps",
    trains="Argue one decision as problem, options, analysis, choice and limitation.",
    minutes=8,
    template="drills/trade-offs.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={
        "argue": _argue,
        "reveal": _reveal,
        "check": _check,
        "regrade": _regrade,
        "done": _done,
    },
    then=_then,
    summary=_summary,
)
