"""Cards that ask for a number of the ledger, typed where it can be. Pure."""

import re
from typing import Final

from trainer.cards.deck.card import Card, Kind, Numeric
from trainer.cards.deck.owning import about_number, tags
from trainer.catalog.schema import Number, Pack
from trainer.catalog.sums import USE, Piece, pieces
from trainer.grading.amounts import is_close, read_amount

_UNITS: Final = {
    "share": "As a share, such as a percentage",
    "x": "As a factor",
    "s": "In seconds",
    "ms": "In milliseconds",
    "h": "In hours",
    "CPU-s": "In CPU-seconds",
}
_PERIODS: Final = {"s": "second", "day": "day", "year": "year"}

# What a typed answer may be off by. A rounded estimate is known when its size is; of a share or
# of a figure with all its digits more is asked.
SHARE_WITHIN: Final = 0.02
FIGURE_WITHIN: Final = 0.05
ROUND_WITHIN: Final = 0.1


def number_cards(pack: Pack) -> list[Card]:
    """One card a number, the key numbers first, each group in the ledger's order.

    Left out: a second name of another number, and a share that is the whole.
    """
    asked = [number for number in pack.numbers if not _says_nothing(pack, number)]
    ordered = sorted(asked, key=lambda number: number.key_group is None)
    return [_card(pack, number) for number in ordered]


def _says_nothing(pack: Pack, number: Number) -> bool:
    other = pack.ledger.get(number.formula or "")
    is_second_name = other is not None and other.text == number.text
    return is_second_name or (number.unit == "share" and number.value == 1)


def _card(pack: Pack, number: Number) -> Card:
    numeric = numeric_of(number)
    kind: Kind = "numeric" if numeric else "basic"
    is_told = number.unit.casefold() in number.label.casefold().split()
    unit = f"\n\n{_unit(number.unit)}." if numeric and not is_told else ""
    group = f"{number.key_group}: " if number.key_group else ""
    return Card(
        id=f"number:{number.slug}",
        kind=kind,
        topic="numbers",
        title=named(number),
        front=f"{group}**{number.label}?**{unit}",
        back="\n\n".join(_back(pack, number)),
        tags=tags("numbers", kind, number.status, is_key=bool(number.key_group)),
        status=number.status,
        numeric=numeric,
        about=about_number(pack.slug, number.slug),
    )


def _back(pack: Pack, number: Number) -> list[str]:
    lines = [f"**{{{{n:{number.slug}}}}}**", how_to_say(number)]
    if number.formula:
        terms = pieces(number.formula, pack.ledger)
        lines.append(f"{''.join(map(_term, terms))} = {{{{n:{number.slug}}}}}")
    return [*lines, number.worth]


def how_to_say(number: Number) -> str:
    """Its status, and what to do with a number of that status: "Derived: show the sum."."""
    return f"{number.status.capitalize()}: {USE[number.status]}."


def _term(piece: Piece) -> str:
    return f"{{{{n:{piece.number.slug}}}}}" if piece.number else piece.text


def _unit(unit: str) -> str:
    what, _, period = unit.partition("/")
    if period in _PERIODS:
        return f"In {what} a {_PERIODS[period]}"
    return _UNITS.get(unit, f"In {unit}")


def named(number: Number) -> str:
    """Its label, behind its group where it has one: a label such as "Like" needs it."""
    return f"{number.key_group}: {number.label}" if number.key_group else number.label


def numeric_of(number: Number) -> Numeric | None:
    """What may be typed; None where the number is told in words ("trillions", "100s of TBs")."""
    read = read_amount(number.text, number.unit)
    if read is None or read.value is None or not is_close(read.value, number.value, ROUND_WITHIN):
        return None
    return Numeric(number.value, number.unit, _within(number, read.value))


def _within(number: Number, told: float) -> float:
    if not is_close(told, number.value, 1e-9):
        return ROUND_WITHIN
    if number.unit == "share":
        return SHARE_WITHIN
    digits = re.sub(r"\D", "", number.text).strip("0")
    is_round = len(digits) < 3 and re.search(r"\d\s?[KMBT]\b", number.text)
    return ROUND_WITHIN if is_round else FIGURE_WITHIN
