"""Cards as they are put before a person: both sides, the waits, and what they wrote on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.accounts.models import User
from trainer.cards.chosen import Chosen
from trainer.cards.deck.card import Card
from trainer.cards.faces import Face, face, own_face
from trainer.cards.keys import OWN
from trainer.cards.models import OwnCard, Remark
from trainer.catalog.packs import get_pack
from trainer.schedule import selectors as schedule
from trainer.schedule.models import Item, Preferences
from trainer.schedule.waits import said, waits


@dataclass(frozen=True, slots=True)
class Shown:
    """A card before a person. `state`: 0 new, 1 learning, 2 review, 3 relearning. `intervals`: for
    each of the four answers. `reviews`: how often it was answered, to notice another device.
    `own_id`: of one's own card ("": made from content)."""

    key: str
    card: Card
    face: Face
    state: int
    intervals: tuple[str, ...]
    reviews: int
    lapses: int = 0
    note: str = ""
    own_id: str = ""
    tags: tuple[str, ...] = ()


def shown(
    owner: User | None,
    cards: Chosen,
    keys: Sequence[str],
    preferences: Preferences,
    now: datetime,
) -> tuple[Shown, ...]:
    """The cards of those names, in their order; what is gone by now is left out."""
    if owner is None:
        return tuple(_shown(key, cards, {}, None, None, preferences, now) for key in keys)
    if not keys:
        return ()
    items = schedule.those(owner, keys)
    own = _own(owner, keys)
    remarks = {each.key: each for each in Remark.objects.filter(owner=owner, key__in=keys)}
    there = (key for key in keys if key in own or key in cards.content)
    return tuple(
        _shown(key, cards, own, items.get(key), remarks.get(key), preferences, now) for key in there
    )


def _shown(
    key: str,
    cards: Chosen,
    own: Mapping[str, OwnCard],
    item: Item | None,
    remark: Remark | None,
    preferences: Preferences,
    now: datetime,
) -> Shown:
    mine = own.get(key)
    card = _own_card(mine) if mine else cards.content[key]
    terms = schedule.terms_of(preferences, stepped=True)
    at = max(now, item.reviewed_at) if item else now
    return Shown(
        key,
        card,
        own_face(mine) if mine else face(get_pack(cards.pack), card),
        item.state if item else 0,
        tuple(said(wait) for wait in waits(schedule.memory_of(item), at, terms, key)),
        item.reviews if item else 0,
        item.lapses if item else 0,
        remark.note if remark else "",
        mine.id if mine else "",
        tuple(remark.tags) if remark else card.tags,
    )


def _own(owner: User, keys: Iterable[str]) -> dict[str, OwnCard]:
    ids = [key.removeprefix(OWN) for key in keys if key.startswith(OWN)]
    return {card.key: card for card in OwnCard.objects.filter(owner=owner, pk__in=ids)}


def _own_card(own: OwnCard) -> Card:
    title = own.front.split("\n", 1)[0][:60]
    return Card(own.id, "basic", "own", title, own.front, own.back, tuple(own.tags))
