"""What a person takes out: the cards of the topics that they chose, in the form that they chose."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.deck.card import Card
from trainer.cards.faces import face, own_face
from trainer.cards.models import OwnCard, Remark
from trainer.cards.sharing import apkg, csv_file, json_file, zip_file
from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.catalog.sums import USE

OWN_TOPIC: Final = "own"
_STATUSES: Final[Mapping[str, str]] = {
    status: f"{status.capitalize()}: {use}." for status, use in USE.items()
}
_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Parcel:
    """What goes out. `content`: the chosen cards of the pack, by key."""

    pack: Pack
    content: Mapping[str, Card]
    own: Sequence[OwnCard]
    notes: Sequence[Remark]
    now: datetime


def parcel(owner: User | None, pack: Pack, topics: Collection[str], now: datetime) -> Parcel:
    """The cards of these topics; one's own ("own") bring one's notes along."""
    cards = content_cards(pack.slug)
    own: Sequence[OwnCard] = ()
    notes: Sequence[Remark] = ()
    if owner is not None and OWN_TOPIC in topics:
        own = list(OwnCard.objects.filter(owner=owner).order_by("created_at", "id"))
        notes = list(Remark.objects.filter(owner=owner).order_by("key"))
    content = {key: card for key, card in cards.items() if card.topic in topics}
    return Parcel(pack, content, own, notes, now)


def as_apkg(out: Parcel) -> bytes:
    """For Anki."""
    return apkg.written(out.pack.slug, out.pack.about.title, _sides(out), out.now)


def as_csv(out: Parcel) -> bytes:
    """For a spreadsheet, and back."""
    return csv_file.written(_csv_rows(out))


def as_json(out: Parcel) -> bytes:
    """One's own cards and notes, to be imported again without loss."""
    return json_file.written(
        [own_entry(card) for card in out.own], [note_entry(each) for each in out.notes]
    )


def as_zip(out: Parcel) -> bytes:
    """The CSV and the JSON in one."""
    return zip_file.written({"cards.csv": as_csv(out), "own-cards.json": as_json(out)})


def own_entry(card: OwnCard) -> dict[str, object]:
    """One's own card as the JSON has it."""
    return {"id": card.key, "front": card.front, "back": card.back, "tags": card.tags}


def note_entry(remark: Remark) -> dict[str, object]:
    """One's own note on a card of this site, likewise."""
    return {"key": remark.key, "note": remark.note, "tags": remark.tags}


def _sides(out: Parcel) -> Iterator[apkg.Side]:
    for key, card in out.content.items():
        shown = face(out.pack, card)
        yield apkg.Side(
            key,
            card.kind,
            shown.front,
            shown.back,
            out.now,  # nobody knows when the words of content changed
            card.tags,
            _STATUSES.get(card.status, ""),
            _link(card.about),
        )
    for own in out.own:
        mine = own_face(own)
        tags = (OWN_TOPIC, *own.tags)
        yield apkg.Side(own.key, "basic", mine.front, mine.back, own.changed_at, tags)


def _link(about: str) -> str:
    """To the page that explains a card, where others than this machine can reach it."""
    if not about:
        return ""
    if urlsplit(settings.SITE_URL).hostname in _LOOPBACK:
        return format_html("In the trainer: {}", about)
    return format_html('<a href="{}{}">In the trainer</a>', settings.SITE_URL, about)


def _csv_rows(out: Parcel) -> Iterator[Mapping[str, str]]:
    for key, card in out.content.items():
        yield {
            "id": key,
            "front": plain(out.pack, card.front),
            "back": plain(out.pack, card.back),
            "tags": " ".join(card.tags),
            "kind": card.kind,
            "topic": card.topic,
            "status": card.status,
            "about": card.about,
        }
    for own in out.own:
        yield {
            "id": own.key,
            "front": own.front,
            "back": own.back,
            "tags": " ".join(own.tags),
            "kind": "basic",
            "topic": OWN_TOPIC,
        }
