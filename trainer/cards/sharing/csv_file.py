"""Cards as CSV, both ways.

Columns, by the names in the first line: `id`, `front`, `back`, `tags` (with spaces between), and of
this site's own cards `kind`, `topic`, `status`, `about` (the address of the page that explains it).
Reading needs `front` and `back`, in any order; columns of other names are left alone.

A spreadsheet takes a cell that begins with = + - @ for a formula. So such a cell goes out with an
apostrophe before it, which spreadsheets understand, and loses it when it comes in again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from trainer.cards.sharing.row import TOO_MANY, Reading, Unreadable

COLUMNS: Final = ("id", "front", "back", "tags", "kind", "topic", "status", "about")
_NEEDED: Final = ("front", "back")
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_SEPARATORS: Final = (",", ";", "\t")
NEVER_CLOSED: Final = (
    "A quotation mark opens here and is never closed, or text follows a closed one. Write a "
    "quotation mark within a cell twice."
)
csv.field_size_limit(2_000_000)  # no file is as long: what is too long is told by its row


def written(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file: UTF-8 with a mark at its start, without which spreadsheets guess wrong."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(cell) for name, cell in row.items()})
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell as no spreadsheet will calculate it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read(text: str) -> Reading:
    """The cards of a file with a line of column names. Raises Unreadable where it has none."""
    reading = Reading()
    lines = cells(text, _separator(text))
    names: Sequence[str] | None = None
    for at, row in lines:
        if reading.is_full:
            reading.refuse(at, TOO_MANY)
            break
        if isinstance(row, str):
            reading.refuse(at, row)
        elif names is None:
            names = _header(row, reading)
        else:
            _take(reading, at, names, row)
    if names is None:
        raise Unreadable("Expected a first line with the columns front and back; found none.")
    return reading


def cells(text: str, separator: str) -> Iterator[tuple[str, Sequence[str] | str]]:
    """Each row that is not blank, with the line in which it begins: its cells, or what is wrong."""
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = source.line_num + 1
        try:
            row = next(source, None)
        except csv.Error:
            yield f"line {line}", NEVER_CLOSED
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield f"line {line}", row


def _separator(text: str) -> str:
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)


def _header(row: Sequence[str], reading: Reading) -> Sequence[str]:
    names = [cell.strip().lower() for cell in row]
    if any(names.count(name) != 1 for name in _NEEDED):
        found = ", ".join(f"“{cell.strip()[:40]}”" for cell in row[:8])
        raise Unreadable(
            "Expected a first line with the columns front and back, and if you like id and tags; "
            f"found {found}. Name the columns so and try again."
        )
    others = [name[:40] for name in names if name not in COLUMNS]
    if others:
        reading.remarks.append(f"Columns that are not taken: {', '.join(others[:8])}.")
    return names


def _first(names: Sequence[str]) -> str:
    """The names in short: they are said with every row that does not fit them."""
    more = ", …" if len(names) > len(COLUMNS) else ""
    return ", ".join(name[:40] for name in names[: len(COLUMNS)]) + more


def _take(reading: Reading, at: str, names: Sequence[str], row: Sequence[str]) -> None:
    if len(row) != len(names):
        reading.refuse(
            at,
            f"Expected {len(names):,} columns ({_first(names)}), got {len(row):,}: "
            f"“{' | '.join(row)[:60]}”.",
        )
        return
    named = {name: unguarded(cell) for name, cell in zip(names, row, strict=True)}
    reading.take(
        at,
        named.get("id", "").strip(),
        named["front"],
        named["back"],
        named.get("tags"),
    )
