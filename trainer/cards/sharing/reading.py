"""From an uploaded file to the cards in it."""

from collections.abc import Callable, Mapping
from typing import Final

from trainer.cards.sharing import anki_text, csv_file, json_file, zip_file
from trainer.cards.sharing.decoding import decoded
from trainer.cards.sharing.row import Reading, Unreadable

MOST_BYTES: Final = 1024 * 1024  # of an uploaded file
EXPECTED: Final = "Expected a .csv, .json, .txt or .zip file"
FROM_ANKI: Final = (
    "An Anki package holds a database, which is not read here. In Anki choose File, Export, “Notes "
    "in Plain Text (.txt)”, tick “Include unique identifier” and “Include tags”, and upload that."
)
_READERS: Final[Mapping[str, Callable[[str], Reading]]] = {
    "csv": csv_file.read,
    "json": json_file.read,
    "txt": anki_text.read,
    "tsv": anki_text.read,
}
_PACKED: Final = b"PK\x03\x04"


def read(name: str, data: bytes) -> Reading:
    """The cards of a file called `name`. Raises Unreadable, with what was found and expected."""
    ending = _ending(name)
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"The file has {len(data):,} bytes; up to {MOST_BYTES:,} are read. Split it."
        )
    if ending in {"apkg", "colpkg"}:
        raise Unreadable(FROM_ANKI)
    if ending == "zip":
        return _read_zip(data)
    return _read_text(name, data)


def _read_zip(data: bytes) -> Reading:
    reading = Reading()
    for name, contents in zip_file.entries(data):
        if _ending(name) in {"zip", "apkg", "colpkg"} or contents.startswith(_PACKED):
            raise Unreadable(f"“{name[:60]}” is an archive within the archive. Unpack it first.")
        reading.join(_read_text(name, contents), name)
    return reading


def _read_text(name: str, data: bytes) -> Reading:
    ending = _ending(name)
    if ending not in _READERS:
        raise Unreadable(f"{EXPECTED}; found “{name[-60:]}”.")
    if data.startswith(_PACKED):
        raise Unreadable(
            f"“{name[-60:]}” is an archive by its contents. Name it .zip, or unpack it."
        )
    reading = _READERS[ending](decoded(data))
    if not (reading.rows or reading.notes or reading.refused or reading.ours):
        raise Unreadable(f"There are no cards in “{name[-60:]}”. Choose another file.")
    return reading


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
