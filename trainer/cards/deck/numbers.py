"""Cards that ask for a number of the ledger, typed where it can be. Pure."""

import re
from typing import Final

from trainer.cards.deck.card import Card, Kind, Numeric
from trainer.cards.deck.owning import about_number, tags
from trainer.catalog.numbers import slugs_in
from trainer.catalog.schema import Number, Pack, Status
from trainer.grading.amounts import is_close, read_amount

USE: Final[dict[Status, str]] = {
    "confirmed": "say it",
    "derived": "show the sum",
    "assumption": "say “assume”",
    "contested": "know the catch",
}

_UNITS: Final = {
    "share": "as a share, such as a percentage",
    "x": "as a factor",
    "s": "in seconds",
    "ms": "in milliseconds",
    "h": "in hours",
    "CPU-s": "in CPU-seconds",
}
_PERIODS: Final = {"s": "second", "day": "day", "year": "year"}
_SIGNS: Final = ((" ** ", "^"), ("**", "^"), ("*", "\u00d7"), ("/", "\u00f7"), (" - ", " \u2212 "))

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
    return number.formula in pack.ledger or (number.unit == "share" and number.value == 1)


def _card(pack: Pack, number: Number) -> Card:
    numeric = numeric_of(number)
    kind: Kind = "numeric" if numeric else "basic"
    unit = f"\n\nAnswer {_unit(number.unit)}." if numeric else ""
    group = f"{number.key_group}: " if number.key_group else ""
    return Card(
        id=f"number:{number.slug}",
        kind=kind,
        topic="numbers",
        title=number.label,
        front=f"{group}**{number.label}?**{unit}",
        back="\n\n".join(_back(number)),
        tags=tags("numbers", kind, number.status, is_key=bool(number.key_group)),
        status=number.status,
        numeric=numeric,
        about=about_number(pack.slug, number.slug),
    )


def _back(number: Number) -> list[str]:
    lines = [f"**{{{{n:{number.slug}}}}}**", how_to_say(number)]
    if number.formula:
        lines.append(f"{sum_of(number.formula)} = {{{{n:{number.slug}}}}}")
    return [*lines, number.worth]


def how_to_say(number: Number) -> str:
    """Its status, and what to do with a number of that status: "Derived: show the sum."."""
    return f"{number.status.capitalize()}: {USE[number.status]}."


def sum_of(formula: str) -> str:
    """A formula as prose, in the numbers' own texts: `{{n:dau}} ÷ {{n:mau}}`."""
    slugs = sorted(set(slugs_in(formula)), key=len, reverse=True)
    if slugs:
        # At once, so that no slug is found inside a reference that was just written.
        either = "|".join(re.escape(slug) for slug in slugs)
        formula = re.sub(rf"(?<![a-z0-9.-])({either})(?![a-z0-9-])", r"{{n:\1}}", formula)
    return re.sub(r"(\{\{.*?\}\})|([^{]+)", lambda m: m[1] or _signs(m[2]), formula)


def _signs(text: str) -> str:
    for plain, sign in _SIGNS:
        text = text.replace(plain, sign)
    return text


def _unit(unit: str) -> str:
    what, _, period = unit.partition("/")
    if period in _PERIODS:
        return f"in {what} a {_PERIODS[period]}"
    return _UNITS.get(unit, f"in {unit}")


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
