"""The whole estimate: each line read and worked out, with the names that earlier lines gave. Pure.

A line is `name = formula = result`: the name and the result may be missing. A line that cannot be
read says why, and the others are read all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.drills.estimating import amounts
from trainer.drills.estimating.amounts import Amount
from trainer.drills.estimating.claims import with_unit
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.parsing import Named, named, parse
from trainer.drills.estimating.showing import shown, shown_number
from trainer.drills.estimating.tokens import Token, tokens
from trainer.drills.estimating.tree import (
    Binary,
    Converted,
    Name,
    Negative,
    Node,
    Number,
    numbers,
)
from trainer.drills.estimating.words import RESERVED, THAT

MOST_LINES: Final = 40
MOST_CHARACTERS: Final = 200  # of a line
MOST_WORDS: Final = 6  # of a name


@dataclass(frozen=True)
class Line:
    """One line that says something: `number` counts from 1, empty lines too. `value` is what it
    comes to, None where `error` says why not. `claims`: what was written behind the formula.
    `is_stated`: what it counts was written for the whole, and did not come of the formula."""

    number: int
    text: str
    name: str = ""
    value: Amount | None = None
    claims: tuple[Amount, ...] = ()
    written: tuple[Number, ...] = ()
    is_stated: bool = False
    notes: tuple[str, ...] = ()
    error: str = ""


def read(text: str) -> tuple[Line, ...]:
    """Every line that is not empty. Raises EstimateError for too many lines."""
    rows = [(n, row) for n, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if len(rows) > MOST_LINES:
        raise EstimateError(f"That is {len(rows)} lines; write {MOST_LINES} at most.")
    sheet = _Sheet()
    return tuple(sheet.line(n, row) for n, row in rows if tokens_or_error(row) != [])


def tokens_or_error(row: str) -> list[Token] | None:
    """None for a row that cannot be read: the line itself will say so."""
    try:
        return tokens(row)
    except EstimateError:
        return None


class _Sheet:
    """The names so far, and what they came to. A name whose line failed is known as lost."""

    def __init__(self) -> None:
        self.values: dict[str, Amount] = {}
        self.lost: dict[str, int] = {}
        self.notes: list[str] = []

    def line(self, number: int, text: str) -> Line:
        text = text.strip()
        if len(text) > MOST_CHARACTERS:
            long = f"The line has {len(text)} characters; write {MOST_CHARACTERS} at most."
            return Line(number, f"{text[:60]}...", error=long)
        self.notes, name = [], ""
        try:
            name, formula, claimed = self.split(tokens(text))
            node = parse(formula, self.names)
            value, claims = self.worked_out(node, claimed)
        except EstimateError as error:
            for each in (THAT, name) if name else (THAT,):
                self.lost[each] = number
            return Line(number, text, name, error=str(error))
        for each in (THAT, name) if name else (THAT,):
            self.values[each] = value
            self.lost.pop(each, None)
        written, is_stated = tuple(numbers(node)), _is_stated(node, claims)
        return Line(number, text, name, value, claims, written, is_stated, tuple(self.notes))

    @property
    def names(self) -> list[Named]:
        return [tuple(each.split(" ")) for each in (*self.values, *self.lost)]

    def split(self, found: Sequence[Token]) -> tuple[str, list[Token], list[list[Token]]]:
        """The name, the formula and the results behind it."""
        parts: list[list[Token]] = [[]]
        for token in found:
            if token.kind == "equals":
                parts.append([])
            else:
                parts[-1].append(token)
        name = _name(parts[0]) if len(parts) > 1 else ""
        if name:
            parts = parts[1:]
        if parts and not parts[-1] and len(parts) > 1:
            parts.pop()  # "500M / 2 =": the result is what we are to say
        if any(not part for part in parts):
            raise EstimateError("Something is missing beside the =.")
        return name, parts[0], parts[1:]

    def worked_out(
        self, node: Node, claimed: Sequence[Sequence[Token]]
    ) -> tuple[Amount, tuple[Amount, ...]]:
        value, notes = self.value(node), tuple(self.notes)
        claims = tuple(self.value(parse(each, self.names)) for each in claimed)
        self.notes = list(notes)
        for claim in claims:
            value = with_unit(value, claim)
        return value, claims

    def value(self, node: Node) -> Amount:
        match node:
            case Number(value=value, units=units):
                return amounts.amount(value, units)
            case Name(name=name):
                return self.of_name(name)
            case Negative(of=of):
                return amounts.negative(self.value(of))
            case Converted(of=of, units=units):
                return amounts.converted(self.value(of), units)
            case Binary(sign="^", left=left, right=Number(value=power)):
                return amounts.raised(self.value(left), power)
            case Binary(sign=sign, left=left, right=right):
                return self.signed(sign, self.value(left), self.value(right))
        raise EstimateError("This cannot be read as a formula.")

    def signed(self, sign: str, left: Amount, right: Amount) -> Amount:
        found = _SIGNS[sign](left, right)
        note = found.note or (_taken_over(left, right) if sign in "+-" else "")
        if note and note not in self.notes:
            self.notes.append(note)
        return found

    def of_name(self, name: str) -> Amount:
        if name in self.lost:
            at = self.lost[name]
            raise EstimateError(f"“{name}” comes from line {at}, which could not be worked out.")
        return self.values[name]


def _is_stated(node: Node, claims: Sequence[Amount]) -> bool:
    if claims:
        return bool(claims[-1].nouns)
    return isinstance(node, Number | Converted) and bool(node.units.nouns)


def _taken_over(left: Amount, right: Amount) -> str:
    """That a bare number was given the unit of the other, which it may not have been meant in."""
    bare, other = (left, right) if left.is_bare else (right, left)
    if not bare.is_bare or not other.dimensions or not bare.number:
        return ""
    read = Amount(bare.of * (1 * other.of.units))
    return f"{shown_number(bare.number)} is read as {shown(read)}."


def _less(left: Amount, right: Amount) -> Amount:
    return amounts.added(left, right, sign=-1)


_SIGNS: Final = {
    "+": amounts.added,
    "-": _less,
    "*": amounts.multiplied,
    "/": amounts.divided,
}


def _name(part: Sequence[Token]) -> str:
    """The name that stands before the first =; "" where that is a formula already."""
    is_name = bool(part) and all(
        each.kind == "word" or each.text in ("-", "/") or (each.kind == "number" and each.glued)
        for each in part
    )
    words = named(part)
    if not is_name or part[0].kind != "word" or words == (THAT,):
        return ""
    if len(words) > MOST_WORDS:
        raise EstimateError(f"A name has {MOST_WORDS} words at most.")
    if len(words) == 1 and (words[0] in RESERVED or part[0].text == "B"):
        raise EstimateError(f"“{part[0].text}” has a meaning here already. Take another name.")
    return " ".join(words)
