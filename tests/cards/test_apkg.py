"""The deck for Anki, held against Anki's own importer."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from trainer.cards.deck import deck
from trainer.cards.deck.card import TOPICS
from trainer.cards.keys import content_key
from trainer.cards.sharing import apkg
from trainer.cards.sharing.apkg import Side, guid
from trainer.cards.sharing.outgoing import as_apkg, parcel
from trainer.catalog.packs import get_pack

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


class Anki:
    """A collection of Anki's own, empty at first."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))
        self.file = folder / "deck.apkg"

    def take(self, package: bytes):
        """What Anki says it did: lists of notes new, updated, duplicate, conflicting."""
        self.file.write_bytes(package)
        options = self.collection._backend.get_import_anki_package_presets()
        request = ImportAnkiPackageRequest(package_path=str(self.file), options=options)
        return self.collection.import_anki_package(request).log

    def note(self, key: str):
        (id_,) = self.collection.find_notes(f"Key:{key}")
        return self.collection.get_note(id_)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    opened = Anki(tmp_path)
    yield opened
    opened.collection.close()


def card(key: str = "card:own:one", front: str = "What is <b>fan-out</b>?", **more) -> Side:
    return Side(key, "basic", front, "Copies of an id.", NOW, **more)


def test_the_whole_deck_is_in_anki_and_again_doubles_nothing(anki: Anki):
    pack = get_pack("twitter")
    cards = deck(pack)
    package = as_apkg(parcel(None, pack, set(TOPICS), NOW))
    log = anki.take(package)
    assert len(log.new) == len(cards) == anki.collection.note_count()
    assert anki.collection.card_count() == len(cards)
    assert {kind["name"] for kind in anki.collection.models.all()} >= {
        f"Trainer {card.kind}" for card in cards
    }
    assert anki.collection.decks.by_name(pack.about.title)
    for each in cards:
        note = anki.note(content_key("twitter", each.id).replace(":", r"\:"))
        assert note.guid == guid(content_key("twitter", each.id))
        assert note["Front"]
        assert note["Back"]
        assert "<data" not in note["Front"] + note["Back"] + note["Status"]
        assert "{{" not in note["Front"] + note["Back"]
        assert set(note.tags) == set(each.tags)
        assert ("<svg" in note["Front"]) == (each.kind == "picture")
        (asked,) = note.cards()
        assert note["Back"] in asked.answer()
        assert note["Back"] not in asked.question()
    again = anki.take(as_apkg(parcel(None, pack, set(TOPICS), LATER)))
    assert not again.new
    assert not again.conflicting
    assert anki.collection.note_count() == len(cards)


def test_new_cards_come_in_the_order_of_the_deck(anki: Anki):
    anki.take(apkg.written("x", "X", [card(f"k{n}", f"Card {n}") for n in (2, 1, 3)], NOW))
    keys = [
        anki.collection.get_card(id_).note()["Key"]
        for id_ in anki.collection.find_cards("deck:X", order="c.due")
    ]
    assert keys == ["k2", "k1", "k3"]


def test_a_card_whose_words_changed_is_updated(anki: Anki):
    anki.take(apkg.written("x", "X", [card(), card("card:own:two", "Two?")], NOW))
    edited = replace(card(), back="Copies of an id, one a follower.", changed_at=LATER)
    log = anki.take(apkg.written("x", "X", [edited, card("card:own:two", "Two?")], LATER))
    assert [len(log.new), len(log.updated), len(log.duplicate)] == [0, 1, 1]
    assert anki.note(r"card\:own\:one")["Back"] == "Copies of an id, one a follower."


def test_an_older_file_does_not_undo_what_is_newer(anki: Anki):
    newer = replace(card(), back="New.", changed_at=LATER)
    anki.take(apkg.written("x", "X", [newer], LATER))
    anki.take(apkg.written("x", "X", [card()], NOW))
    assert anki.note(r"card\:own\:one")["Back"] == "New."


def test_the_same_deck_is_the_same_file():
    cards = [card(), card("card:own:two", "Two?")]
    assert apkg.written("x", "X", cards, NOW) == apkg.written("x", "X", cards, NOW)


def test_status_link_and_tags_are_on_the_note(anki: Anki):
    side = card(
        status="Derived: show the sum.", link="In the trainer: /learn/", tags=("two words",)
    )
    anki.take(apkg.written("x", "X", [side], NOW))
    note = anki.note(r"card\:own\:one")
    assert note.tags == ["two-words"]
    (asked,) = note.cards()
    assert "Derived: show the sum." in asked.answer()
    assert "/learn/" in asked.answer()
    assert "Derived" not in asked.question()


def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    apkg.written("x", "X", [card()], NOW)
    assert list(tmp_path.iterdir()) == []
