"""A deck for Anki (.apkg) by genanki, made in memory.

What Anki knows a note by (its guid) is made of the card's key: imported again, a deck changes the
notes that are there and doubles none. The kinds of notes and the deck keep their ids too.
"""

import hashlib
import itertools
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

import genanki

from trainer.cards.deck.card import Kind
from trainer.cards.sharing import zip_file
from trainer.cards.sharing.anki_look import BACK, CSS, FRONT

_FIELDS: Final = ("Front", "Back", "Status", "Link", "Key")
_NUMBER: Final = re.compile(r"</?data\b[^>]*>")
_LEAST_ID: Final = 1 << 30  # from here to twice of it, genanki's advice
VERSION: Final = 1  # raised when the fields change: the notes are of another kind then


@dataclass(frozen=True, slots=True)
class Side:
    """A card for Anki. `front`, `back` and `link` are HTML; `status` is words. `changed_at`: when
    its words were last changed: Anki takes the newer."""

    key: str
    kind: Kind
    front: str
    back: str
    changed_at: datetime
    tags: Sequence[str] = ()
    status: str = ""
    link: str = ""


def guid(key: str) -> str:
    """What Anki knows the note of a card by."""
    return str(genanki.guid_for(key))


def written(name: str, title: str, cards: Iterable[Side], now: datetime) -> bytes:
    """The package of a deck called `title`; `name` is what keeps its id when the title changes."""
    deck = genanki.Deck(_id(f"deck {name}"), title)
    for place, card in enumerate(cards):
        deck.add_note(_note(card, place))
    with closing(sqlite3.connect(":memory:")) as connection:
        stamp = now.timestamp()
        ids = itertools.count(int(stamp * 1000))
        genanki.Package(deck).write_to_db(connection.cursor(), stamp, ids)
        connection.commit()
        collection = connection.serialize()
    # genanki's own writing to a file leaves a temporary one behind.
    return zip_file.written({"collection.anki2": collection, "media": b"{}"})


class _Note(genanki.Note):  # type: ignore[misc]
    """A note that knows when its words were changed, which genanki takes from the whole deck."""

    changed_at: datetime

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        del timestamp
        super().write_to_db(cursor, self.changed_at.timestamp(), deck_id, id_gen)


def _note(card: Side, place: int) -> _Note:
    note = _Note(
        model=_model(card.kind),
        fields=[_plain(card.front), _plain(card.back), card.status, card.link, card.key],
        tags=[re.sub(r"\s+", "-", tag) for tag in card.tags],
        guid=guid(card.key),
        due=place,
    )
    note.changed_at = card.changed_at
    return note


def _plain(html: str) -> str:
    """Without the elements that only this site's style knows."""
    return _NUMBER.sub("", html)


@cache
def _model(kind: Kind) -> genanki.Model:
    return genanki.Model(
        _id(f"notes {VERSION} {kind}"),
        f"Trainer {kind}",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )


def _id(name: str) -> int:
    digest = hashlib.sha256(f"system-design-trainer {name}".encode()).digest()
    return _LEAST_ID + int.from_bytes(digest[:8], "big") % _LEAST_ID
