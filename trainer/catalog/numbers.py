"""The number ledger: formulas over other numbers, and `{{n:slug}}` in prose. Pure."""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from trainer.catalog.schema import Number

REFERENCE: Final = re.compile(r"\{\{n:([a-z0-9][a-z0-9.-]*)\}\}")
# A slug inside a formula. "1e9" is a number: no slug starts right after a digit, a letter or a dot.
_SLUG: Final = re.compile(r"(?<![a-z0-9.])[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
_ALLOWED: Final = re.compile(r"[a-z0-9 .,+*/()-]*")
_FUNCTIONS: Final[dict[str, Callable[..., float]]] = {"min": min, "max": max}
_OPERATORS: Final[dict[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,  # unlike **, it never answers with a complex number
}
_HELP: Final = "expected arithmetic (+ - * / ** min max and parentheses) over slugs and numbers"


class FormulaError(ValueError):
    """A formula that cannot be evaluated; the message is a sentence for the author."""


class UnknownNumber(LookupError):
    """A `{{n:slug}}` that the ledger does not hold."""


def render(text: str, show: Callable[[str], str]) -> str:
    """`text` with every `{{n:slug}}` replaced by `show(slug)`."""
    return REFERENCE.sub(lambda match: show(match.group(1)), text)


def fill(numbers: Iterable[Number], text: str) -> str:
    """`text` with the numbers' own texts in place of `{{n:slug}}`. Raises UnknownNumber."""
    texts = {number.slug: number.text for number in numbers}

    def show(slug: str) -> str:
        if slug not in texts:
            raise UnknownNumber(f"{{{{n:{slug}}}}}: the ledger has no such number")
        return texts[slug]

    return render(text, show)


def slugs_in(formula: str) -> list[str]:
    """The slugs that a formula reads, in order of appearance."""
    return [slug for slug in _SLUG.findall(formula) if slug not in _FUNCTIONS]


def split(formula: str) -> list[tuple[str, bool]]:
    """The formula in pieces, in order, each with whether it is a slug."""
    found: list[tuple[str, bool]] = []
    at = 0
    for match in _SLUG.finditer(formula):
        if match.group() not in _FUNCTIONS:
            found += [(formula[at : match.start()], False), (match.group(), True)]
            at = match.end()
    return [piece for piece in (*found, (formula[at:], False)) if piece[0]]


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """The value of `formula`, with `values` by slug. Raises FormulaError, never runs code."""
    if not _ALLOWED.fullmatch(formula):
        raise FormulaError(f'{_HELP}, but "{formula}" holds other characters')
    found: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        if match.group() in _FUNCTIONS:
            return match.group()
        found.append(match.group())
        return f"_{len(found) - 1}"

    source = _SLUG.sub(stand_in, formula.strip())
    try:
        tree = ast.parse(source, mode="eval").body
        result = _value(tree, [_look_up(slug, values) for slug in found])
    except ZeroDivisionError:
        raise FormulaError(f'"{formula}" divides by zero') from None
    except (SyntaxError, RecursionError, MemoryError):
        raise FormulaError(f'{_HELP}, but "{formula}" does not read as such') from None
    except (OverflowError, ValueError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(f'"{formula}" has no finite value') from None
    if not math.isfinite(result):
        raise FormulaError(f'"{formula}" has no finite value')
    return result


def _look_up(slug: str, values: Mapping[str, float]) -> float:
    if slug not in values:
        hint = ' (a minus needs spaces around it: "a - b")' if "-" in slug else ""
        raise FormulaError(f'expected slugs of the ledger, but "{slug}" is not one{hint}')
    return values[slug]


def _value(node: ast.expr, values: list[float]) -> float:
    """Walk the few kinds of node that are arithmetic; everything else is refused."""
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name.startswith("_"):
            return values[int(name[1:])]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if (
            name in _FUNCTIONS and len(args) > 1
        ):
            return _FUNCTIONS[name](*(_value(each, values) for each in args))
    raise FormulaError(f"{_HELP}, but it holds something else")


def ledger_errors(numbers: Iterable[Number]) -> list[tuple[str, str]]:
    """All that is wrong with the formulas, as (slug, sentence)."""
    ledger = {number.slug: number for number in numbers}
    values = {slug: number.value for slug, number in ledger.items()}
    errors = []
    for slug, number in ledger.items():
        if number.formula is None:
            continue
        sentence = _cycle(slug, ledger) or _mismatch(number, number.formula, values)
        if sentence:
            errors.append((slug, sentence))
    return errors


def _mismatch(number: Number, formula: str, values: Mapping[str, float]) -> str | None:
    try:
        computed = evaluate(formula, values)
    except FormulaError as error:
        return str(error)
    if math.isclose(computed, number.value, rel_tol=max(number.tolerance, 1e-9)):
        return None
    return (
        f"expected {number.value:,.10g} within {number.tolerance:.2%}, "
        f'but "{formula}" gives {computed:,.10g}'
    )


def _cycle(start: str, ledger: Mapping[str, Number]) -> str | None:
    """A sentence when the formula of `start` comes back to `start`."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        number = ledger.get(path[-1])
        for slug in slugs_in(number.formula or "") if number else ():
            if slug == start:
                round_trip = " -> ".join([*path, slug])
                return f"expected a formula that ends, but it goes round: {round_trip}"
            if slug not in seen:
                seen.add(slug)
                paths.append([*path, slug])
    return None
