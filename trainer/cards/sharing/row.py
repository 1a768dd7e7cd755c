"""What a file of cards is read into, whatever its format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from trainer.cards.keys import CARDS, OWN
from trainer.cards.tags import checked_tags, split_tags
from trainer.cards.texts import side
from trainer.schedule.models import KEY_LENGTH

MOST_ROWS: Final = 5_000  # of a file
TOO_MANY: Final = (
    f"A file is read up to {MOST_ROWS:,} rows: put this one and those after it into another file."
)
ID_LENGTH: Final = 90  # of a card's own name in its file: with a prefix it is an origin

Tags = str | Sequence[str] | None  # as one text with spaces or commas, or apart, or not there


def shown(text: str) -> str:
    """Words of a file as a page can hold them: half of a character, which JSON can write, comes as
    its code."""
    return text.encode("utf-8", "backslashreplace").decode()


class Unreadable(Exception):
    """A file that holds no cards at all; the message says what was found and what was expected."""

    def __init__(self, message: str) -> None:
        super().__init__(shown(message))


@dataclass(frozen=True, slots=True)
class Row:
    """A card of a file. `at`: its place, such as "line 7". `id`: its own name there, or "". `tags`:
    None where the file has no place for them, so that those of a card that is here stay."""

    at: str
    id: str
    front: str
    back: str
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, and tags, on a card of this site, by the card's key."""

    at: str
    key: str
    note: str
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken, and why."""

    at: str
    why: str


@dataclass
class Reading:
    """What a file holds. `ours`: how many of its cards are this site's own, which no file changes;
    `remarks`: what else there is to know, a sentence each."""

    rows: list[Row] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ours: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.rows) + self.ours + len(self.refused) >= MOST_ROWS

    def refuse(self, at: str, why: str) -> None:
        self.refused.append(Refused(at, shown(why)))

    def take(self, at: str, id: str, front: str, back: str, tags: Tags) -> None:
        """Add a card; what is wrong with it is refused with the reason."""
        if id.startswith(CARDS) and not id.startswith(OWN):
            self.ours += 1
            return
        self._try(at, lambda: self.rows.append(_row(at, id, front, back, tags)))

    def take_note(self, at: str, key: str, note: str, tags: Tags) -> None:
        """Add a note on a card of this site, likewise."""
        self._try(at, lambda: self.notes.append(_note(at, key, note, tags)))

    def _try(self, at: str, add: Callable[[], None]) -> None:
        try:
            add()
        except ValueError as error:
            self.refuse(at, str(error))

    def join(self, other: "Reading", of: str) -> None:
        """Add what another file holds; `of`, its name, is told with each place."""
        self.rows += [_named(row, of) for row in other.rows]
        self.notes += [_named(row, of) for row in other.notes]
        self.refused += [_named(row, of) for row in other.refused]
        self.ours += other.ours
        self.remarks += [f"{of}: {remark}" for remark in other.remarks]


Placed = TypeVar("Placed", Row, NoteRow, Refused)


def _named(row: Placed, file: str) -> Placed:
    return replace(row, at=f"{file}, {row.at}")


def _row(at: str, id: str, front: str, back: str, tags: Tags) -> Row:
    if len(id) > ID_LENGTH or not id.isprintable():
        raise ValueError(
            f"The id has {len(id)} characters: at most {ID_LENGTH} that can be printed are taken."
        )
    return Row(at, id, side(front, "front"), side(back, "back"), _tags(tags))


def _note(at: str, key: str, note: str, tags: Tags) -> NoteRow:
    if len(key) > KEY_LENGTH or not key.isprintable():
        raise ValueError(
            f"The key has {len(key):,} characters: at most {KEY_LENGTH} that can be printed are "
            "taken."
        )
    return NoteRow(at, key, side(note, "note") if note.strip() else "", _tags(tags))


def _tags(tags: Tags) -> tuple[str, ...] | None:
    if tags is None:
        return None
    return split_tags(tags) if isinstance(tags, str) else checked_tags(tags)
