"""Anki's "Notes in plain text": lines `#name:value`, then a note a row.

The first field is the front; what stands in the others, the back. A guid tells the same note again.
Fields hold HTML: its lines and its bold become what one's own cards know; the rest is made harmless
where it is shown.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from trainer.cards.models import TEXT_LIMIT
from trainer.cards.sharing.csv_file import cells
from trainer.cards.sharing.row import TOO_MANY, Reading, Unreadable

_SEPARATORS: Final = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_HEADER: Final = re.compile(r"#([a-z ]+):(.*)")
_SPECIAL: Final = ("guid", "notetype", "deck", "tags")
# Its words, then a hint, which `sides` parts. It ends where the next one begins: so a text is gone
# through once, however many are never closed.
_CLOZE: Final = re.compile(r"\{\{c\d+::((?:(?!\{\{c\d+::|\}\}).)+)\}\}", re.DOTALL)
_HTML: Final = (
    (re.compile(r"<br\s*/?>|</div>|</p>", re.IGNORECASE), "\n"),
    (re.compile(r"<div\b[^<>]*>|<p\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"(</?)b>", re.IGNORECASE), r"\1strong>"),
    (re.compile(r"(</?)i>", re.IGNORECASE), r"\1em>"),
    (re.compile(r"&nbsp;"), " "),
)
_MEDIA: Final = re.compile(r"<img\b|\[sound:", re.IGNORECASE)


def read(text: str) -> Reading:
    """The notes of a file. Raises Unreadable for a separator that is none."""
    headers, body, skipped = _headers(text)
    special = {
        name: int(column) - 1
        for name in _SPECIAL
        if re.fullmatch(r"[1-9]\d?", column := headers.get(f"{name} column", ""), re.ASCII)
    }
    reading = Reading()
    for at, row in cells(body, _separator(headers)):
        place = f"line {int(at.removeprefix('line ')) + skipped}"
        if reading.is_full:
            reading.refuse(place, TOO_MANY)
            break
        if isinstance(row, str):
            reading.refuse(place, row)
        else:
            _take(reading, place, row, special, headers.get("tags", ""))
    media = sum(bool(_MEDIA.search(row.front + row.back)) for row in reading.rows)
    if media:
        reading.remarks.append(
            f"{media} of the cards name a picture or a sound: these stay in Anki."
        )
    return reading


def _headers(text: str) -> tuple[Mapping[str, str], str, int]:
    """The headers, what follows them, and how many lines they take."""
    lines = text.splitlines(keepends=True)
    found: dict[str, str] = {}
    for count, line in enumerate(lines):
        match = _HEADER.match(line)
        if match is None:
            return found, "".join(lines[count:]), count
        found[match.group(1)] = match.group(2).strip("\r\n")
    return found, "", len(lines)


def _separator(headers: Mapping[str, str]) -> str:
    named = headers.get("separator", "tab")
    separator = _SEPARATORS.get(named.strip().lower(), named)
    if len(separator) != 1 or separator in '"\n\r':
        raise Unreadable(
            f"Expected #separator: with one of {', '.join(_SEPARATORS)}; found “{named[:20]}”."
        )
    return separator


def _take(
    reading: Reading, at: str, row: Sequence[str], special: Mapping[str, int], always: str
) -> None:
    if not any(row):
        return
    fields = [cell for place, cell in enumerate(row) if place not in special.values()]
    if len(fields) < 2:
        reading.refuse(
            at,
            f"Expected 2 columns, front and back, got {len(fields)}: “{' '.join(fields)[:60]}”.",
        )
        return
    named = {name: row[place] for name, place in special.items() if place < len(row)}
    guid = named.get("guid", "").strip()
    front, back = sides([plainer(field) for field in fields])
    tags = f"{named['tags']} {always}" if "tags" in named else always or None
    reading.take(at, f"anki {guid}" if guid else "", front, back, tags)


def sides(fields: Sequence[str]) -> tuple[str, str]:
    """Front and back of a note. A cloze asks with its gaps, and answers with the words in bold; in
    a front that is too long to be taken none is looked for."""
    front, more = fields[0], [field for field in fields[1:] if field.strip()]
    if len(front) <= TEXT_LIMIT and _CLOZE.search(front):
        more.insert(0, _CLOZE.sub(lambda gap: f"**{_parts(gap)[0]}**", front))
        front = _CLOZE.sub(lambda gap: f"[{_parts(gap)[1] or '…'}]", front)
    return front, "\n\n".join(more)


def _parts(gap: re.Match[str]) -> tuple[str, str]:
    """The words and the hint of a cloze."""
    words, _, hint = gap.group(1).partition("::")
    return words, hint


def plainer(field: str) -> str:
    """A field without the HTML that one's own cards write otherwise."""
    for pattern, instead in _HTML:
        field = pattern.sub(instead, field)
    return field
