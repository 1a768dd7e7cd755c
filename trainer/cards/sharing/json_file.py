"""One's own cards and notes as JSON, both ways.

    {"format": "system-design-trainer/cards", "version": 1,
     "cards": [{"id": "card:own:...", "front": "...", "back": "...", "tags": ["..."]}],
     "notes": [{"key": "card:<pack>:<card>", "note": "...", "tags": []}]}

`id` may be left out; `notes` are what one wrote on the cards of this site.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from trainer.cards.sharing.row import TOO_MANY, Reading, Unreadable

FORMAT: Final = "system-design-trainer/cards"
VERSION: Final = 1


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
        raise Unreadable("Expected JSON with cards; this is nested, or counts, too far.") from error
    cards, notes = _lists(contents)
    reading = Reading()
    for number, entry in enumerate(cards, 1):
        if reading.is_full:
            reading.refuse(f"card {number}", TOO_MANY)
            break
        _take(reading, f"card {number}", entry)
    for number, entry in enumerate(notes[: len(cards) + 5_000], 1):
        _take_note(reading, f"note {number}", entry)
    return reading


def _lists(contents: object) -> tuple[list[Any], list[Any]]:
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
    notes = contents.get("notes", [])
    return contents["cards"], notes if isinstance(notes, list) else []


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
