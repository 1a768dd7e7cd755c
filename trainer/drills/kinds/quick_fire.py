"""Quick-fire: which option did they choose, and why. A minute for each decision."""

from collections.abc import Sequence
from typing import Any

from trainer.catalog.schema import Decision, Pack
from trainer.drills import quick_rules as rules
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import Body, finished, started
from trainer.drills.typed import Refused

FEWEST = 3  # decisions, for reasons to choose from
BETWEEN = "between"


def _decisions(pack: Pack) -> list[Decision]:
    return [each for each in pack.trade_offs.decisions if each.ask and each.takes]


def _items(pack: Pack) -> Sequence[str]:
    decisions = _decisions(pack)
    return [each.id for each in decisions] if len(decisions) >= FEWEST else []


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    items = _items(pack)
    return started(chosen(items, seed, len(items), wanted), None)


def _asked(sitting: Sitting) -> Decision | None:
    item = rules.now_asked(sitting.log)
    return next((each for each in _decisions(sitting.pack) if each.id == item), None)


def _pick(sitting: Sitting) -> Sequence[Body]:
    asked, option = _asked(sitting), sitting.typed.one("option")
    if asked is None or sitting.typed.one("item") != asked.id or rules.picked(sitting.log):
        return []
    if option not in {"a", "b", BETWEEN}:
        raise Refused("Choose one of the options first.")
    return [Body(rules.PICKED, {"item": asked.id, "option": option})]


def _reason(sitting: Sitting) -> Sequence[Body]:
    asked, why = _asked(sitting), sitting.typed.one("why")
    if asked is None or sitting.typed.one("item") != asked.id or not rules.picked(sitting.log):
        return []
    offered = rules.whys(_decisions(sitting.pack), asked.id, sitting.round.seed)
    if why not in {str(place) for place in range(len(offered))}:
        raise Refused("Choose one of the reasons first.")
    body = Body(rules.REASONED, {"item": asked.id, "why": offered[int(why)].id})
    is_last = len(sitting.log.of(rules.REASONED)) + 1 == len(sitting.log.items)
    return [body, finished()] if is_last else [body]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    if not any(body.kind == rules.REASONED for body in bodies):
        return ()
    last = rules.answered(sitting.log, _decisions(sitting.pack))[-1]
    points = {f"quick:{last.decision.id}": last.option_is_right and last.why_is_right}
    return [Result(last.decision.id, last.rating, points)]


def _page(sitting: Sitting) -> Page:
    done = rules.answered(sitting.log, _decisions(sitting.pack))
    context: dict[str, Any] = {"done": done, "of": len(sitting.log.items)}
    asked = _asked(sitting)
    if sitting.log.finished_at or asked is None:
        return Page(context | {"right": sum(each.rating == 3 for each in done)})
    context |= {"asked": asked, "number": len(done) + 1, "last": done[-1] if done else None}
    context["options"] = (("a", asked.option_a), ("b", asked.option_b))
    context["picked"] = rules.picked(sitting.log)
    if context["picked"]:
        context["whys"] = rules.whys(_decisions(sitting.pack), asked.id, sitting.round.seed)
    return Page(context, rules.deadline(sitting.log))


def _summary(sitting: Sitting) -> dict[str, Any]:
    done = rules.answered(sitting.log, _decisions(sitting.pack))
    return {"right": sum(each.rating == 3 for each in done), "of": len(sitting.log.items)}


DRILL = Drill(
    slug="quick-fire",
    title="Quick-fire decisions",
    trains="Say which option Twitter took, and why, in a minute each.",
    minutes=4,
    template="drills/quick-fire.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"pick": _pick, "reason": _reason},
    then=_then,
    summary=_summary,
)
