"""Rows of a block as cells to be drawn. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from trainer.lab.blocks import Cell
from trainer.lab.showing.amounts import DIGITS, digits_of, figure

NOTHING = "\N{EN DASH}"
WRITTEN: Final = re.compile(r"[-\N{MINUS SIGN}]?[\d,]+(\.\d+)?(%|x)?")


@dataclass(frozen=True, slots=True)
class Head:
    """`number`: its cells stand at the right."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell. `share`: 0 to 100 % of its column's greatest, None where no bar is wanted."""

    text: str
    number: bool
    share: float | None = None


@dataclass(frozen=True, slots=True)
class ShownTable:
    heads: tuple[Head, ...]
    rows: tuple[tuple[Shown, ...], ...]


def table_of(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[Cell]],
    among: Sequence[Sequence[Cell]] | None = None,
) -> ShownTable:
    """`columns` as JSON of blocks.Column. One whose values are all numbers, or written as such, is
    one of numbers. Bars are shares of the greatest `among` those rows, where several tables are
    compared."""
    by_column = _columns(len(columns), rows)
    scales = by_column if among is None else _columns(len(columns), among)
    drawn = [_cells(*each) for each in zip(columns, by_column, scales, strict=True)]
    heads = tuple(
        Head(heading(column["label"], column.get("unit", "")), _stands_right(cells))
        for column, cells in zip(columns, by_column, strict=True)
    )
    return ShownTable(heads, tuple(zip(*drawn, strict=True)) if drawn else ())


def _columns(width: int, rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width)]


def heading(label: str, unit: str) -> str:
    """ "Time (ms)"."""
    return f"{label} ({unit})" if unit else label


def cell_text(value: Cell, digits: int = DIGITS) -> str:
    """At most `digits` significant ones, four unless told; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else figure(value, digits)


def _cells(column: Mapping[str, Any], cells: Sequence[Cell], among: Sequence[Cell]) -> list[Shown]:
    wants_bar = bool(column.get("bar")) and _all_numbers(cells)
    most = max((float(each) for each in among if _is_number(each)), default=0.0)

    def share(value: Cell) -> float | None:
        if not wants_bar or not _is_number(value):
            return None
        return round(max(0.0, 100 * value / most), 2) if most > 0 else 0.0

    right, digits = _stands_right(cells), digits_of(column.get("unit", ""))
    return [Shown(cell_text(each, digits), right, share(each)) for each in cells]


def _stands_right(cells: Sequence[Cell]) -> bool:
    there = [each for each in cells if each is not None]
    return bool(there) and all(
        _is_number(each) or (isinstance(each, str) and WRITTEN.fullmatch(each)) for each in there
    )


def _all_numbers(cells: Sequence[Cell]) -> bool:
    there = [each for each in cells if each is not None]
    return bool(there) and all(_is_number(each) for each in there)


def _is_number(value: Cell) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
