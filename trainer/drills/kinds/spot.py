"""Spot the bad answer: two answers to one question, five times. Pick the bad one and say why."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trainer.catalog.drill_schema import SpotPair
from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.drills.choosing import chosen
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import Body, Log, finished, started
from trainer.drills.typed import Refused

PICKED = "picked"  # item, bad: which stood there ("left" or "right"), picked, why
NAMED = "named"  # item, named: whether the candidate's sentence had the reason
PAIRS = 5
SECONDS = PAIRS * 75
Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
SAID = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Picked:
    """A pair that was answered. `named`: see NAMED; None before that was said."""

    item: str
    right: bool
    why: str
    late: bool
    named: bool | None

    @property
    def rating(self) -> int:
        return 1 if not self.right else 3 if self.named else 2


def bad_side(seed: int, item: str) -> Side:
    """Where the bad answer of a pair stands in the round with this seed."""
    return random.Random(f"{seed} {item}").choice(SIDES)  # noqa: S311 (no secret)


def picks(log: Log) -> tuple[Picked, ...]:
    named = {event.data["item"]: event.data["named"] for event in log.of(NAMED)}
    return tuple(
        Picked(
            item=event.data["item"],
            right=event.data["picked"] == event.data["bad"],
            why=event.data["why"],
            late=log.is_late(event.at),
            named=named.get(event.data["item"]),
        )
        for event in log.of(PICKED)
    )


def open_item(log: Log) -> str:
    """The pair that is on the page: not yet picked, or picked and not yet judged. "": none."""
    done = {pick.item for pick in picks(log) if pick.named is not None}
    return next((item for item in log.items if item not in done), "")


def _items(pack: Pack) -> Sequence[str]:
    return [pair.id for pair in pack.spot]


def _begin(pack: Pack, seed: int, wanted: str) -> Body:
    return started(chosen(_items(pack), seed, PAIRS, wanted), SECONDS)


def _pair(pack: Pack, item: str) -> SpotPair:
    pair = next((each for each in pack.spot if each.id == item), None)
    if pair is None:
        raise Refused("This pair is no longer asked. Start another round.")
    return pair


def _pick(sitting: Sitting) -> Sequence[Body]:
    item = open_item(sitting.log)
    if not item:
        raise Refused("This round is over, so nothing was sent. Start another one.")
    picked, why = sitting.typed.one("picked"), sitting.typed.one("text")
    if sitting.typed.one("item") != item or item in {pick.item for pick in picks(sitting.log)}:
        raise Refused("This pair was answered already, so nothing was sent.")
    if picked not in SIDES:
        raise Refused("Choose an answer first: the first or the second.")
    if not why.strip():
        raise Refused("Say in a sentence why. Then you can compare it with the reason.")
    bad = bad_side(sitting.round.seed, item)
    return [Body(PICKED, {"item": item, "bad": bad, "picked": picked, "why": why})]


def _name(sitting: Sitting) -> Sequence[Body]:
    """Whether the sentence had the reason in it. With the last pair the round ends."""
    item, named = open_item(sitting.log), SAID.get(sitting.typed.one("named"))
    if sitting.typed.one("item") != item:
        return []
    if named is None or item not in {pick.item for pick in picks(sitting.log)}:
        raise Refused("Pick the bad answer first; then say whether you named the reason.")
    said = Body(NAMED, {"item": item, "named": named})
    last = not open_item(sitting.log.then(sitting.now, [said]))
    return [said, finished()] if last else [said]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    done = {body.data["item"] for body in bodies if body.kind == NAMED}
    return [
        Result(
            pick.item,
            pick.rating,
            dict.fromkeys(_pair(sitting.pack, pick.item).points, pick.right),
        )
        for pick in picks(sitting.log)
        if pick.item in done
    ]


def _page(sitting: Sitting) -> Page:
    done = picks(sitting.log)
    item = open_item(sitting.log)
    if not item:
        rows = [(_pair(sitting.pack, pick.item), pick) for pick in done]
        right = sum(pick.right for pick in done)
        named = sum(pick.right and bool(pick.named) for pick in done)
        return Page({"over": True, "rows": rows, "right": right, "named": named})
    pair = _pair(sitting.pack, item)
    bad = bad_side(sitting.round.seed, item)
    # Plain, as the mark under a contested number would tell which answer is the bad one.
    bare = {each: plain(sitting.pack, getattr(pair, each)) for each in ("ask", "good", "bad")}
    sides = [(side, bare["bad" if side == bad else "good"]) for side in SIDES]
    context: dict[str, Any] = {
        "ask": bare["ask"],
        "item": item,
        "sides": sides,
        "nth": sitting.log.items.index(item) + 1,
    }
    pick = next((each for each in done if each.item == item), None)
    if pick is None:
        return Page(context, sitting.log.deadline, box=f"why-{item}")
    return Page(context | {"pick": pick, "bad": bad, "why": pair.why}, sitting.log.deadline)


def _summary(sitting: Sitting) -> dict[str, int]:
    done = picks(sitting.log)
    return {"right": sum(pick.right for pick in done), "of": len(sitting.log.items)}


DRILL = Drill(
    slug="spot",
    title="Spot the bad answer",
    trains="Hear what is wrong in an answer that sounds right, and say it in a sentence.",
    minutes=6,
    template="drills/spot.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"pick": _pick, "name": _name},
    then=_then,
    summary=_summary,
)
