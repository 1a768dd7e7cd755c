"""Estimation: back-of-the-envelope tasks, written as steps with units. Four minutes for each."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.schema import Pack
from trainer.drills import estimate_rules as rules
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.judging import answer_of
from trainer.drills.estimating.posed import Posed, by_id, posed
from trainer.drills.estimating.sheet import MOST_LINES, read
from trainer.drills.estimating.showing import shown
from trainer.drills.log import Body, finished, kept, started
from trainer.drills.typed import Refused


def _items(pack: Pack) -> Sequence[str]:
    return [task.id for task in pack.estimation]


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(chosen(_items(pack), seed, rules.TASKS, wanted), None)


def _posed(sitting: Sitting) -> Posed | None:
    """The task that the page is about; None where the content has it no more."""
    task = by_id(sitting.pack.estimation).get(rules.now_at(sitting.log))
    return posed(task, sitting.round.seed) if task else None


def _asked(sitting: Sitting) -> Posed | None:
    """The task to answer, if the form is about it: another window may have been faster."""
    found = _posed(sitting) if rules.is_open(sitting.log) else None
    return found if found and sitting.typed.one("item") == found.task.id else None


def _box(log_item: str) -> str:
    return f"steps-{log_item}"[:60]


def _draft(sitting: Sitting, item: str) -> list[Body]:
    """What stands in the box, where it is not kept yet."""
    box, text = _box(item), sitting.typed.one("text")
    return [] if sitting.log.drafts.get(box) == text else kept(box, text)


def _look(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    if asked is None:
        return []
    item, text = asked.task.id, sitting.typed.needed("text", "There is no step to look at yet.")
    if text == rules.looked_at(sitting.log, item):
        return []
    try:
        read(text)
    except EstimateError as error:
        raise Refused(str(error)) from error
    return [*_draft(sitting, item), Body(rules.LOOKED, {"item": item, "text": text})]


def _hint(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    if asked is None or rules.hints(sitting.log, asked.task.id) >= len(asked.task.hints):
        return []
    return [*_draft(sitting, asked.task.id), Body(rules.HINTED, {"item": asked.task.id})]


def _answer(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    if asked is None:
        return []
    try:
        answer_of(text := sitting.typed.one("text"), asked)
    except EstimateError as error:
        raise Refused(f"{error} Nothing was sent.") from error
    return _over(sitting, rules.ANSWERED, asked, text)


def _show(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    return _over(sitting, rules.SHOWN, asked, sitting.typed.one("text")) if asked else []


def _over(sitting: Sitting, kind: str, asked: Posed, text: str) -> Sequence[Body]:
    body = Body(kind, {"item": asked.task.id, "text": text})
    is_last = rules.now_at(sitting.log) == sitting.log.items[-1]
    return [body, finished()] if is_last else [body]


def _next(sitting: Sitting) -> Sequence[Body]:
    item = rules.now_at(sitting.log)
    if rules.is_open(sitting.log) or sitting.log.finished_at or sitting.typed.one("item") != item:
        return []
    return [Body(rules.WENT_ON, {"item": item})]


def _answered(sitting: Sitting) -> tuple[rules.Answered, ...]:
    tasks = by_id(sitting.pack.estimation)
    return rules.answered(sitting.log, tasks, sitting.round.seed)


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    if not any(body.kind in (rules.ANSWERED, rules.SHOWN) for body in bodies):
        return ()
    last = _answered(sitting)[-1]
    return [Result(last.posed.task.id, last.rating, {f"est:{last.posed.task.id}": last.is_right})]


def _page(sitting: Sitting) -> Page:
    log, found = sitting.log, _posed(sitting)
    of, number = len(log.items), min(len(log.of(rules.WENT_ON)) + 1, len(log.items))
    context: dict[str, Any] = {"of": of, "number": number, "lines_limit": MOST_LINES}
    if found is None or not rules.is_open(log):
        done = _answered(sitting)
        context |= {"over": True, "done": done, "right": rules.right(done)}
        context |= {"rows": done if log.finished_at else done[-1:], "item": rules.now_at(log)}
        return Page(context)
    task, seen = found.task, rules.hints(log, found.task.id)
    context |= {"posed": found, "hints": task.hints[:seen], "more": len(task.hints) - seen}
    looked, misfit = _looked(rules.looked_at(log, task.id), found)
    context |= {"looked": looked, "misfit": misfit, "minutes": rules.SECONDS // 60}
    return Page(context, rules.deadline(log), _box(task.id))


def _looked(text: str, asked: Posed) -> tuple[list[tuple[Any, str]], str]:
    """The lines that were looked at, with what each comes to; and why the last is no answer by its
    units, "" where it is one."""
    lines, misfit = read(text), ""
    if lines and not any(line.error for line in lines):
        try:
            lines, _ = answer_of(text, asked)
        except EstimateError as error:
            misfit = str(error)
    return [(line, shown(line.value) if line.value else "") for line in lines], misfit


def _summary(sitting: Sitting) -> dict[str, Any]:
    return {"right": rules.right(_answered(sitting)), "of": len(sitting.log.items)}


DRILL = Drill(
    slug="estimation",
    title="Back-of-the-envelope estimates",
    trains="Work out writes, loads, storage, memory and cores in small steps with units.",
    minutes=2 * rules.SECONDS // 60,
    template="drills/estimation.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"look": _look, "hint": _hint, "answer": _answer, "show": _show, "next": _next},
    then=_then,
    summary=_summary,
)
