"""One's own cards and notes as JSON, both ways.

    {"format": "system-design-trainer/cards", "version": 1,
     "cards": [{"id": "card:own:...", "front": "...", "back": "...", "tags": ["..."]}],
     "notes": [{"key": "card:<pack>:<card>", "note": "...", "tags": []}]}

`id` may be left out; `notes` are what one wrote on the cards of this site.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from trainer.cards.sharing.row import MOST_ROWS, TOO_MANY, Reading, Unreadable

FORMAT: Final = "system-design-trainer/cards"
VERSION: Final = 1
_MOST_NESTED: Final = 20  # lists and objects within another; this format has four
_TOO_FAR: Final = "Expected JSON with cards; this is nested, or counts, too far."


def written(cards: Sequence[Mapping[str, object]], notes: Sequence[Mapping[str, object]]) -> bytes:
    """The file, as people can read it too."""
    contents = {"format": FORMAT, "version": VERSION, "cards": cards, "notes": notes}
    return json.dumps(contents, ensure_ascii=False, indent=1).encode()


def read(text: str) -> Reading:
    """The cards and notes of a file. Raises Unreadable where it is no such file."""
    try:
        contents = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Expected JSON; line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(_TOO_FAR) from error
    if _is_nested_too_far(contents):
        raise Unreadable(_TOO_FAR)
    cards, notes = _lists(contents)
    reading = Reading()
    _each(reading, "card", cards, _take)
    if isinstance(notes, list):
        _each(reading, "note", notes, _take_note)
    else:
        reading.remarks.append("The notes in this file are no list: they are left out.")
    return reading


def _is_nested_too_far(contents: object) -> bool:
    """Level by level: how deep Python reads JSON, and writes it, depends on who calls."""
    level = [contents]
    for _ in range(_MOST_NESTED):
        level = [child for each in level for child in _children(each)]
    return bool(level)


def _children(entry: object) -> Iterable[object]:
    if isinstance(entry, dict):
        return entry.values()
    return entry if isinstance(entry, list) else ()


def _each(
    reading: Reading, name: str, entries: Sequence[Any], take: Callable[[Reading, str, Any], None]
) -> None:
    for number, entry in enumerate(entries, 1):
        if number > MOST_ROWS:
            reading.refuse(f"{name} {number}", TOO_MANY)
            break
        take(reading, f"{name} {number}", entry)


def _lists(contents: object) -> tuple[list[Any], Any]:
    """The cards, and the notes as they are there."""
    if isinstance(contents, list):  # as others write it: cards alone
        contents = {"format": FORMAT, "version": VERSION, "cards": contents}
    if not isinstance(contents, dict) or not isinstance(contents.get("cards"), list):
        raise Unreadable(
            'Expected an object with a list "cards", each with front and back; found '
            f"{_kind(contents)}."
        )
    version = contents.get("version", VERSION)
    if version != VERSION:
        raise Unreadable(
            f"Expected version {VERSION} of this format; found {str(version)[:20]}. "
            "Export it again from a site like this one."
        )
    return contents["cards"], contents.get("notes", [])


def _kind(contents: object) -> str:
    if isinstance(contents, dict):
        return (
            f"an object with {', '.join(str(key)[:20] for key in list(contents)[:5]) or 'nothing'}"
        )
    return json.dumps(contents)[:40]


def _take(reading: Reading, at: str, entry: Any) -> None:
    texts = _texts(entry, ("front", "back"), ("id",))
    if texts is None or not _has_tags(entry):
        reading.refuse(at, f"Expected texts front and back, and tags as a list; {_found(entry)}.")
        return
    reading.take(at, texts["id"], texts["front"], texts["back"], entry.get("tags"))


def _take_note(reading: Reading, at: str, entry: Any) -> None:
    texts = _texts(entry, ("key",), ("note",))
    if texts is None or not _has_tags(entry):
        reading.refuse(at, f"Expected texts key and note, and tags as a list; {_found(entry)}.")
        return
    reading.take_note(at, texts["key"], texts["note"], entry.get("tags"))


def _texts(entry: object, needed: Sequence[str], more: Sequence[str]) -> Mapping[str, str] | None:
    if not isinstance(entry, dict):
        return None
    found = {name: entry[name] for name in needed if name in entry}
    found |= {name: entry.get(name, "") for name in more}
    if len(found) < len(needed) + len(more) or not all(isinstance(x, str) for x in found.values()):
        return None
    return found


def _has_tags(entry: Any) -> bool:
    tags = entry.get("tags")
    return tags is None or (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags))


def _found(entry: object) -> str:
    return f"found {json.dumps(entry, ensure_ascii=False)[:80]}"
