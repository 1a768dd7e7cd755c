"""Reading a formula: numbers with units, names, + - * / ^ and brackets. Pure.

A number takes the units that follow it, also behind a stroke: "500M tweets/day" is one thing, and
"a / 86400 s/day" divides by all of "86400 s/day".
"""

from collections.abc import Collection, Sequence
from typing import Final

from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.tokens import Token
from trainer.drills.estimating.tree import Binary, Converted, Name, Negative, Node, Number, Units
from trainer.drills.estimating.words import (
    BILLION,
    CONVERTS,
    EACH,
    NOUNS,
    OPERATORS,
    RESERVED,
    SCALES,
    THAT,
    a_second_of,
    noun_of,
    singular,
    unit_of,
)

DEEPEST: Final = 20  # brackets within brackets, and signs before signs
LARGEST_POWER: Final = 30

Named = tuple[str, ...]  # the tokens of a name, in small letters


def named(words: Sequence[Token]) -> Named:
    return tuple(each.text.lower() for each in words)


def parse(tokens: Sequence[Token], names: Collection[Named]) -> Node:
    """The formula. `names` are what earlier lines gave. Raises EstimateError."""
    reader = _Reader(tokens, names)
    node = reader.sum(0)
    if reader.is_word(*CONVERTS):
        reader.next()
        if reader.percent():  # which a share is without a word
            reader.next()
        else:
            node = Converted(node, reader.units(needed=True))
    if reader.peek is not None:
        raise EstimateError(_left_over(reader.peek, reader.before))
    return node


def parse_units(tokens: Sequence[Token]) -> Units:
    """A unit alone: "writes/s". Raises EstimateError."""
    reader = _Reader(tokens, ())
    units = reader.units(needed=True)
    if reader.peek is not None:
        raise EstimateError(f"“{reader.peek.text}” is not part of a unit.")
    return units


def _left_over(token: Token, before: str) -> str:
    if token.text == ")":
        return "There is a ) without its (."
    after = f" after “{before}”" if before else ""
    return f"There is “{token.text}”{after}. Write a sign between them: + - * or /."


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: Sequence[Token], names: Collection[Named]) -> None:
        self.tokens, self.at = tokens, 0
        self.names = set(names)
        self.longest = max((len(name) for name in names), default=0)

    @property
    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    @property
    def before(self) -> str:
        return self.tokens[self.at - 1].text if self.at else ""

    def next(self) -> Token:
        token = self.peek
        if token is None:
            last = f" after “{self.before}”" if self.before else ""
            raise EstimateError(f"Something is missing{last}: a number, or a name from before.")
        self.at += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        return self.peek is not None and self.peek.kind == "sign" and self.peek.text in signs

    def is_word(self, *words: str) -> bool:
        token = self.peek
        return token is not None and token.kind == "word" and token.text in words

    def sum(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise EstimateError("There are too many brackets. Use a line for each step.")
        node = self.product(depth)
        while self.is_sign("+", "-") or self.is_word("plus", "minus"):
            sign = {"plus": "+", "minus": "-"}.get(self.peek_text, self.peek_text)
            self.next()
            node = Binary(sign, node, self.product(depth))
        return node

    @property
    def peek_text(self) -> str:
        return self.peek.text if self.peek else ""

    def product(self, depth: int) -> Node:
        node = self.signed(depth)
        while sign := self.multiplies():
            self.next()
            node = Binary(sign, node, self.signed(depth, divides=sign == "/"))
        return node

    def multiplies(self) -> str:
        """The sign that is next, if it is one of multiplying or dividing."""
        if self.is_sign("*", "/"):
            return self.peek_text
        return OPERATORS.get(self.peek_text, "") if not self.name_ahead() else ""

    def signed(self, depth: int, *, divides: bool = False) -> Node:
        if self.is_sign("-", "+"):
            sign = self.next().text
            if depth >= DEEPEST:
                raise EstimateError("There are too many signs in a row. Write one.")
            node = self.signed(depth + 1)
            return Negative(node) if sign == "-" else node
        return self.power(depth, divides=divides)

    def power(self, depth: int, *, divides: bool) -> Node:
        node = self.operand(depth, divides=divides)
        if not self.is_sign("^"):
            return node
        self.next()
        return Binary("^", node, Number(power := self.exponent(), f"{power:g}"))

    def exponent(self) -> float:
        sign = -1 if self.is_sign("-") and self.next() else 1
        token = self.next()
        if token.kind != "number" or token.value > LARGEST_POWER:
            raise EstimateError(f"After ^ write a number up to {LARGEST_POWER}.")
        return sign * token.value

    def operand(self, depth: int, *, divides: bool) -> Node:
        if length := self.name_ahead():
            words = self.tokens[self.at : self.at + length]
            self.at += length
            return Name(" ".join(named(words)))
        token = self.next()
        if token.kind == "number":
            return self.number(token)
        if token.text == "(" and token.kind == "sign":
            return self.bracket(depth)
        self.at -= 1
        return self.unit_alone(token, divides=divides)

    def bracket(self, depth: int) -> Node:
        node = self.sum(depth + 1)
        if not self.is_sign(")"):
            raise EstimateError("A bracket is open: write the ) that is missing.")
        self.next()
        units = self.units()
        return Binary("*", node, Number(1, "", units)) if units else node

    def unit_alone(self, token: Token, *, divides: bool) -> Node:
        """ "/ day", or a name that nobody gave."""
        known = token.kind == "word" and token.text not in RESERVED
        if known and (unit_of(token.text) or (divides and singular(token.text.lower()) in NOUNS)):
            return Number(1, "", self.units(needed=True))
        if token.kind != "word" or token.text in OPERATORS:
            raise EstimateError(
                f"Before “{token.text}” something is missing: a number, or a name from before."
            )
        so_far = ", ".join(sorted(" ".join(each) for each in self.names if each != (THAT,)))
        raise EstimateError(
            f"There is no “{token.text}” yet. "
            + (f"Names so far: {so_far}." if so_far else f"Give it first: {token.text} = ...")
        )

    def name_ahead(self) -> int:
        """How many of the next tokens are a name: the longest there is; 0 for none."""
        for length in range(min(self.longest, len(self.tokens) - self.at), 0, -1):
            if named(self.tokens[self.at : self.at + length]) in self.names:
                return length
        return 0

    def number(self, token: Token) -> Number:
        """With ^ as in 10^15, its scale, % and its units."""
        value, text = token.value, token.text
        if self.is_sign("^"):
            self.next()
            power = self.exponent()
            value, text = _raised(value, power), f"{text}^{power:g}"
        scale, shown = self.scale()
        return Number(value * scale, text + shown, self.units())

    def percent(self) -> bool:
        return self.is_sign("%") or self.peek_text.lower() == "percent"

    def scale(self) -> tuple[float, str]:
        """What the number is multiplied by, and how that was written."""
        token = self.peek
        if token is None:
            return 1, ""
        if self.percent():
            self.next()
            return 0.01, "%"
        if token.kind != "word":
            return 1, ""
        if token.glued:
            return self.glued(token)
        if token.text == "B" and self.counts_after():
            self.next()
            return 1e9, "B"
        if token.text in SCALES or token.text.lower() in SCALES:
            self.next()
            return SCALES.get(token.text) or SCALES[token.text.lower()], f" {token.text}"
        return 1, ""

    def glued(self, token: Token) -> tuple[float, str]:
        """What stands right behind the digits: 350B, 50ms, 2x, but not 350Bwrites."""
        if token.text in BILLION or token.text in SCALES or token.text in ("x", "X"):
            self.next()
            if token.text in ("x", "X"):
                self.at -= self.multiplies_ahead()
                return 1, "x"
            return SCALES.get(token.text, 1e9), token.text
        if unit_of(token.text) or singular(token.text.lower()) in NOUNS or a_second_of(token.text):
            return 1, ""
        raise EstimateError(f"Write a space before “{token.text}”, or K, M, B or T for a scale.")

    def multiplies_ahead(self) -> int:
        """1 where the x just read is a sign, because something follows that it can multiply."""
        token = self.peek
        if token is None or token.text == ")":
            return 0
        return int(token.kind != "sign" or token.text == "(")

    def counts_after(self) -> bool:
        """Whether a word follows the next token: "5 B runs"."""
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        return after is not None and after.kind == "word" and after.text not in RESERVED

    def units(self, *, needed: bool = False) -> Units:
        """The units that follow, also behind a stroke; none where none follow."""
        measures: list[tuple[str, int]] = []
        nouns: list[tuple[str, int]] = []
        power, begun = 1, self.at
        while self.unit_ahead() or self.stroke_ahead():
            if self.stroke_ahead():
                self.at += self.stroke_ahead()
                power = -1
            self.one(measures, nouns, power)
            while self.unit_ahead():  # "timeline loads": the last noun is what is counted
                self.one(measures, nouns, power, goes_on=True)
        if needed and self.at == begun:
            raise EstimateError("A unit is missing, such as tweets/s, GB or days.")
        return Units(tuple(measures), tuple(nouns))

    def one(
        self,
        measures: list[tuple[str, int]],
        nouns: list[tuple[str, int]],
        power: int,
        *,
        goes_on: bool = False,
    ) -> None:
        word = self.next().text
        if counted := a_second_of(word):
            nouns.append((counted, power))
            measures.append(("second", -power))
        elif unit := unit_of(word):
            measures.append((unit, power * self.squared()))
        else:
            if goes_on and nouns and nouns[-1][1] == power:
                nouns.pop()
            if noun := noun_of(word):
                nouns.append((noun, power))

    def squared(self) -> int:
        """The power behind a unit, as the results are shown: day^2."""
        if not self.is_sign("^"):
            return 1
        self.next()
        power = self.exponent()
        if not power.is_integer() or abs(power) > 3:
            raise EstimateError("A unit has a whole power of 3 at most.")
        return int(power)

    def unit_ahead(self) -> bool:
        token = self.peek
        if token is None or token.kind != "word" or token.text in RESERVED:
            return False
        if token.text in ("plus", "minus"):
            return False
        if not self.name_ahead():
            return True
        return bool(unit_of(token.text)) or singular(token.text.lower()) in NOUNS

    def stroke_ahead(self) -> int:
        """How many tokens stand for "per" before a unit: "/ day", "per day", "a day"; 0: none."""
        if not (self.is_sign("/") or self.is_word("per", *EACH)):
            return 0
        begun, length = self.at, 1
        self.at += 1
        if self.peek_text in EACH and not self.name_ahead():
            self.at, length = self.at + 1, 2
        is_unit, token = self.unit_ahead() and not self.name_ahead(), self.peek
        self.at = begun
        if not is_unit or token is None:
            return 0
        # Behind a stroke, a word that no line gave is a slip more often than a thing counted.
        known = unit_of(token.text) or singular(token.text.lower()) in NOUNS
        return length if known or self.tokens[begun].kind == "word" else 0


def _raised(value: float, power: float) -> float:
    try:
        return float(value**power)
    except (OverflowError, ZeroDivisionError):
        raise EstimateError("That power is too large, or divides by nothing.") from None
