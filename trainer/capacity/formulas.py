"""Formulas as text: the text that a page shows is the very thing that is evaluated, so the two
cannot differ. Pure."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trainer.capacity.errors import FormulaError

Function = Callable[..., float]

_NAME: Final = re.compile(r"(?<![\w.])[a-z]\w*")
_WHOLE_FROM: Final = 1_000  # from here on a fraction of one says nothing

_OPERATORS: Final[dict[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Formula:
    """One figure's recipe: `text` is arithmetic (+ - * /) and calls over the names of inputs,
    constants and the figures that stand before it. Raises FormulaError when it is not."""

    name: str
    label: str
    unit: str
    text: str

    def __post_init__(self) -> None:
        self.names  # noqa: B018  reading it checks the text

    @cached_property
    def tree(self) -> ast.expr:
        """The text, read."""
        try:
            return ast.parse(self.text, mode="eval").body
        except SyntaxError:
            raise FormulaError(f"{self.name}: {self.text!r} is not a formula") from None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The inputs, constants and figures that it reads, in order of appearance."""
        return tuple(dict.fromkeys(_names(self.tree, self)))

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The functions that it calls."""
        calls = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return tuple(dict.fromkeys(each.id for each in calls if isinstance(each, ast.Name)))


def _names(node: ast.expr, formula: Formula) -> list[str]:
    match node:
        case ast.Constant(value=int() | float()):
            return []
        case ast.Name(id=name):
            return [name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _names(left, formula) + _names(right, formula)
        case ast.Call(func=ast.Name(), args=args, keywords=[]):
            return [name for each in args for name in _names(each, formula)]
    raise FormulaError(f"{formula.name}: {ast.unparse(node)!r} is not arithmetic")


def evaluate(
    formula: Formula, values: Mapping[str, float], functions: Mapping[str, Function]
) -> float:
    """The value of `formula`. Raises FormulaError for a name that nobody gave a value."""
    unknown = [name for name in formula.names if name not in values]
    unknown += [name for name in formula.functions if name not in functions]
    if unknown:
        raise FormulaError(f"{formula.name}: no value for {', '.join(unknown)}")
    return _value(formula.tree, values, functions)


def _value(node: ast.expr, values: Mapping[str, float], functions: Mapping[str, Function]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=op, right=right):
            both = (_value(each, values, functions) for each in (left, right))
            return _OPERATORS[type(op)](*both)
        case ast.Call(func=ast.Name(id=name), args=args):
            return functions[name](*(_value(each, values, functions) for each in args))
    raise FormulaError(f"{ast.unparse(node)!r} is not arithmetic")


def with_values(formula: Formula, values: Mapping[str, float]) -> str:
    """The formula with numbers in place of names: "500,000,000 * (1 - 0.05) * 700"."""

    def shown(match: re.Match[str]) -> str:
        name = match.group()
        return _shown(values[name]) if name in formula.names else name

    return _NAME.sub(shown, formula.text)


def _shown(value: float) -> str:
    is_small = abs(value) < _WHOLE_FROM and not float(value).is_integer()
    return f"{value:,.6g}" if is_small else f"{value:,.0f}"
