"""The shortest way to a figure: the formulas that it needs, in order, and no others. Pure."""

from functools import cache
from typing import Final

from trainer.capacity.errors import CapacityError
from trainer.capacity.figures import CONSTANTS, SUBJECTS, Figure, figures
from trainer.capacity.formulas import Formula
from trainer.capacity.inputs import Inputs, described

_FORMULAS: Final[dict[str, Formula]] = {
    formula.name: formula for formulas in SUBJECTS.values() for formula in formulas
}
_INPUTS: Final = frozenset(each.name for each in described())
BY_HEAD: Final = frozenset({"largest"})  # the functions that need no table


class NoSuchFigure(CapacityError, LookupError):
    """The model has no figure of this name."""


@cache
def formulas_to(target: str) -> tuple[Formula, ...]:
    """What the figure `target` is worked out by, itself last. Raises NoSuchFigure."""
    if target not in _FORMULAS:
        raise NoSuchFigure(f"the capacity model has no figure {target}")
    found: dict[str, Formula] = {}
    for name in _FORMULAS[target].names:
        if name in _FORMULAS:
            found |= {each.name: each for each in formulas_to(name)}
    return (*found.values(), _FORMULAS[target])


def inputs_to(target: str) -> tuple[str, ...]:
    """The inputs that are read on the way to it, in order of appearance. Raises NoSuchFigure."""
    names = [name for formula in formulas_to(target) for name in formula.names]
    return tuple(dict.fromkeys(name for name in names if name in _INPUTS))


def constants_to(target: str) -> tuple[str, ...]:
    """The constants that are read on the way to it. Raises NoSuchFigure."""
    names = [name for formula in formulas_to(target) for name in formula.names]
    return tuple(dict.fromkeys(name for name in names if name in CONSTANTS))


def is_by_head(target: str) -> bool:
    """Whether arithmetic is enough for it: the follower law is not read. Raises NoSuchFigure."""
    return all(set(formula.functions) <= BY_HEAD for formula in formulas_to(target))


def derivation(inputs: Inputs, target: str) -> tuple[Figure, ...]:
    """The figures on the way to `target`, itself last, with these inputs. Raises NoSuchFigure."""
    names = [formula.name for formula in formulas_to(target)]
    found = figures(inputs, only=names)
    return tuple(found[name] for name in names)
