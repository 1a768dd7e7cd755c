"""Figures of the capacity model as a table: each with its formula and the numbers in it. Pure."""

import math
from collections.abc import Iterable

from trainer.capacity.figures import Figure
from trainer.lab.blocks import Cell, Column, Note, Table

_COLUMNS = (
    Column("What"),
    Column("Formula"),
    Column("With its numbers"),
    Column("Result"),
    Column("Unit"),
)


def sums_table(id: str, title: str, shown: Iterable[Figure]) -> Table:
    """One row for each figure; no result where no number answers (see `problems`)."""
    rows = [(each.label, each.formula, each.sum, finite(each.value), each.unit) for each in shown]
    return Table(id, title, _COLUMNS, rows, origin="computed")


def problems(id: str, shown: Iterable[Figure]) -> Note | None:
    """What the model could not work out with these inputs, and why; None where it could."""
    told = [f"{each.label}: {each.problem}." for each in shown if each.problem]
    if not told:
        return None
    return Note(id, "No number answers these", " ".join(told), origin="computed", tone="amber")


def finite(value: float) -> Cell:
    """None for what is no number, which JSON cannot hold."""
    return value if math.isfinite(value) else None
