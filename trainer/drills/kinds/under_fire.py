"""Degradation and numbers under fire: eight short questions in ninety seconds."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.drill_schema import ChoiceAsked, NumberAsked
from trainer.catalog.schema import Number, Pack
from trainer.drills import fire_rules as rules
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import Body, finished, started
from trainer.drills.typed import Refused
from trainer.grading.amounts import read_amount

UNREADABLE = (
    "That could not be read as one number. Write it like 250M, 2.5e8, 1.5 s or 40%, or skip it."
)
NUMBER_LIMIT = 60  # characters: a number is short


def _items(pack: Pack) -> Sequence[str]:
    return [each.id for each in pack.under_fire.everything]


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(rules.chosen_items(pack.under_fire, seed, wanted), rules.SECONDS)


def _asked(sitting: Sitting) -> rules.Asked | None:
    item = rules.now_asked(sitting.log)
    return next((each for each in sitting.pack.under_fire.everything if each.id == item), None)


def _answer(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    if asked is None or sitting.typed.one("item") != asked.id:
        return []  # another window was faster
    return _with_end(sitting, {"item": asked.id, **_given(sitting, asked)})


def _skip(sitting: Sitting) -> Sequence[Body]:
    asked = _asked(sitting)
    if asked is None or sitting.typed.one("item") != asked.id:
        return []
    return _with_end(sitting, {"item": asked.id, "skipped": True})


def _with_end(sitting: Sitting, data: dict[str, Any]) -> Sequence[Body]:
    is_last = len(sitting.log.of(rules.ANSWERED)) + 1 == len(sitting.log.items)
    return [Body(rules.ANSWERED, data), *([finished()] if is_last else [])]


def _given(sitting: Sitting, asked: rules.Asked) -> dict[str, Any]:
    if isinstance(asked, NumberAsked):
        return {"text": _number(sitting, asked)}
    order = rules.shuffled(asked, sitting.round.seed)
    if isinstance(asked, ChoiceAsked):
        at = sitting.typed.one("choice")
        if at not in {str(place) for place in range(len(order))}:
            raise Refused("Choose one of the answers first, or skip the question.")
        return {"choice": order[int(at)]}
    return {"order": _order(sitting, order)}


def _number(sitting: Sitting, asked: NumberAsked) -> str:
    text = sitting.typed.needed("text", "There is no number yet. Type one, or skip the question.")
    unit = sitting.pack.ledger[asked.number].unit
    if len(text) > NUMBER_LIMIT or read_amount(text, unit) is None:
        raise Refused(UNREADABLE)
    return text.strip()


def _order(sitting: Sitting, order: Sequence[int]) -> list[int]:
    """The content's places, as the candidate puts them."""
    given = [sitting.typed.one(f"place-{at}") for at in range(len(order))]
    if sorted(given) != [str(place) for place in range(1, len(order) + 1)]:
        raise Refused("Give each of the places once, from first to last.")
    return [place for _, place in sorted(zip(map(int, given), order, strict=True))]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    if not any(body.kind == rules.ANSWERED for body in bodies):
        return ()
    last = _answered(sitting)[-1]
    return [Result(last.asked.id, last.rating, {f"fire:{last.asked.id}": last.right})]


def _answered(sitting: Sitting) -> tuple[rules.Answered, ...]:
    return rules.answered(sitting.log, sitting.pack.under_fire, sitting.pack.ledger)


def _page(sitting: Sitting) -> Page:
    asked, ledger = _asked(sitting), sitting.pack.ledger
    done = len(sitting.log.of(rules.ANSWERED))
    if asked is None:
        answered = _answered(sitting)
        rows = [(each, *_number_of(each, sitting.pack)) for each in answered]
        right = sum(each.right and not each.late for each in answered)
        return Page({"rows": rows, "right": right, "late": sum(each.late for each in answered)})
    context: dict[str, Any] = {"asked": asked, "number": done + 1, "of": len(sitting.log.items)}
    if isinstance(asked, NumberAsked):
        context |= {"kind": "number", "unit": ledger[asked.number].unit}
        return Page(context, sitting.log.deadline)
    order = rules.shuffled(asked, sitting.round.seed)
    if isinstance(asked, ChoiceAsked):
        texts = (asked.right, *asked.wrong)
        context["kind"] = "choice"
    else:
        texts = asked.items
        context["kind"] = "order"
    context["texts"] = [(f"place-{at}", texts[place]) for at, place in enumerate(order)]
    context["places"] = [str(place) for place in range(1, len(order) + 1)]
    return Page(context, sitting.log.deadline)


def _number_of(answered: rules.Answered, pack: Pack) -> tuple[Number | None, str]:
    """The ledger's number, where one was asked for, and its unit where its text has none."""
    asked = answered.asked
    number = pack.ledger.get(asked.number) if isinstance(asked, NumberAsked) else None
    if number is None or number.unit in ("share", "x"):
        return number, ""
    said = number.text.split()[-1] in (number.unit, number.unit.split("/")[0])
    return number, "" if said else number.unit


def _summary(sitting: Sitting) -> dict[str, Any]:
    done = _answered(sitting)
    right = sum(each.right and not each.late for each in done)
    return {"right": right, "of": len(sitting.log.items)}


DRILL = Drill(
    slug="under-fire",
    title="Degradation and numbers under fire",
    trains="Answer eight short questions on key numbers and fallbacks in 90 seconds.",
    minutes=2,
    template="drills/under-fire.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"answer": _answer, "skip": _skip},
    then=_then,
    summary=_summary,
)
