"""Checking a typed amount, and parts put in order. A verdict proposes an answer, and the person
decides. Pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.cards.deck.card import Card, Numeric
from trainer.grading.amounts import is_close, read_amount

TYPED_LIMIT: Final = 60  # characters of a typed amount
AGAIN: Final = 1
GOOD: Final = 3
_TIMES: Final = ("ms", "s", "min", "h", "CPU-s")
_SIZES: Final = ("KB", "MB", "GB", "TB", "PB")
_FACTOR: Final = 2  # from here on one says "times too large", below it in percent


@dataclass(frozen=True, slots=True)
class Placed:
    """A part at the place that the person gave it, and where it belongs; both count from 1."""

    text: str
    place: int
    belongs: int

    @property
    def right(self) -> bool:
        return self.place == self.belongs


@dataclass(frozen=True, slots=True)
class Verdict:
    """`right` is None where nothing could be checked: the person compares it alone."""

    right: bool | None
    sentence: str
    given: str = ""
    parts: tuple[Placed, ...] = ()

    @property
    def proposed(self) -> int:
        """The answer that it speaks for; 0 for none."""
        return {True: GOOD, False: AGAIN, None: 0}[self.right]


def check_amount(asked: Numeric, text: str) -> Verdict | None:
    """What is to be said of the typed amount; None where nothing was typed."""
    given = text.strip()[:TYPED_LIMIT]
    if not given:
        return None
    amount = read_amount(given, asked.unit)
    if amount is None:
        sentence = "This could not be read as one number. Compare it yourself."
        return Verdict(None, sentence, given)
    if amount.value is None:
        sentence = f"{amount.other.capitalize()} was given where {kind_of(asked.unit)} is asked."
        return Verdict(False, sentence, given)
    if is_close(amount.value, asked.value, asked.within):
        return Verdict(True, _right(amount.value, asked), given)
    return Verdict(False, f"Not right: {_off(amount.value, asked.value)}.", given)


def kind_of(unit: str) -> str:
    """What a figure in the ledger's `unit` is: "a count", "a time"."""
    if unit in _TIMES:
        return "a time"
    if unit.split("/")[0] in _SIZES:
        return "a size in bytes"
    if unit.endswith(("/s", "/day", "/year")):
        return "a rate"
    return {"share": "a share", "x": "a factor"}.get(unit, "a count")


def _right(value: float, asked: Numeric) -> str:
    if is_close(value, asked.value, 0):
        return "Right."
    return f"Right: within {asked.within:.0%} of it."


def _off(value: float, right: float) -> str:
    if value == 0 or right == 0 or (value < 0) != (right < 0):
        return "it is another number"
    ratio, large = value / right, abs(value) > abs(right)
    if max(ratio, 1 / ratio) < _FACTOR:
        return f"it is {abs(ratio - 1):.0%} too {'large' if large else 'small'}"
    times = float(f"{max(ratio, 1 / ratio):.2g}")
    return f"it is {times:,.12g} times too {'large' if large else 'small'}"


def mixed(card: Card, seed: str) -> tuple[int, ...]:
    """The parts of an ordering card as they are offered: for each, where it belongs (from 0). The
    same `seed` gives the same; never the right order."""
    places = list(range(len(card.order)))
    random.Random(f"{card.id} {seed}").shuffle(places)  # noqa: S311 - nothing is kept secret
    if places == sorted(places):
        places.append(places.pop(0))
    return tuple(places)


def check_order(card: Card, seed: str, given: Mapping[int, int]) -> Verdict | None:
    """`given`: for the number of an offered part (from 0), the place it was given (from 1). None
    where no part was given one."""
    if not given:
        return None
    offered = mixed(card, seed)
    if fault := _fault(given, len(offered)):
        return Verdict(None, fault)
    inverse = {place: number for number, place in given.items()}
    parts = tuple(
        Placed(card.order[offered[inverse[place]]], place, offered[inverse[place]] + 1)
        for place in range(1, len(offered) + 1)
    )
    wrong = sum(not part.right for part in parts)
    sentence = f"{len(parts) - wrong} of {len(parts)} parts are in their place."
    return Verdict(
        not wrong, "Right, every part is in its place." if not wrong else sentence, "", parts
    )


def _fault(given: Mapping[int, int], parts: int) -> str:
    """Why these places are no order; "" where they are one."""
    places = list(given.values())
    twice = sorted({place for place in places if places.count(place) > 1})
    if twice:
        return f"Two parts have the place {twice[0]}. Give each a place of its own."
    if set(given) != set(range(parts)) or set(places) != set(range(1, parts + 1)):
        return f"Give each of the {parts} parts a place from 1 to {parts}."
    return ""


def placed_by(sent: Sequence[str]) -> dict[int, int]:
    """What a form brought, one field for each offered part in turn: those that hold a number."""
    return {
        number: int(text)
        for number, text in enumerate(sent)
        if text.isascii() and text.isdigit() and len(text) <= 2
    }
