"""Finding one's own cards, and those that were set aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Func, Q, QuerySet

from trainer.accounts.models import User
from trainer.cards.keys import CARDS, OWN
from trainer.cards.models import OwnCard, Remark
from trainer.cards.site import site_cards
from trainer.schedule.models import Item
from trainer.schedule.services import LEECH

MOST_TAGS_SHOWN: Final = 40
MOST_IN_MENU: Final = 8
MOST_ASIDE: Final = 200
# Of the tags that the site's cards come with, those that choose something worth a session; a topic
# has its own way in.
DECK_TAGS: Final = ("key", "contested", "picture", "ordering")


@dataclass(frozen=True, slots=True)
class Aside:
    """A card that is not asked any more. `lapses`: how often it was forgotten."""

    key: str
    title: str
    lapses: int
    own_id: str = ""
    about: str = ""

    @property
    def is_leech(self) -> bool:
        """It was set aside for being forgotten again and again."""
        return self.lapses >= LEECH


def own_cards(owner: User, query: str = "", tag: str = "") -> QuerySet[OwnCard]:
    """One's own cards, the newest first: those with every word of `query` on a side or among the
    tags, and with the tag `tag`."""
    mine = OwnCard.objects.filter(owner=owner)
    for word in query.split()[:10]:
        mine = mine.filter(
            Q(front__icontains=word) | Q(back__icontains=word) | Q(tags__icontains=word)
        )
    if tag:
        mine = mine.filter(tags__contains=[tag])
    return mine.order_by("-created_at", "-id")


def own_card(owner_id: int | None, card_id: str) -> OwnCard | None:
    """The card of that id, if it is this person's."""
    if owner_id is None:
        return None
    return OwnCard.objects.select_related("owner").filter(owner_id=owner_id, pk=card_id).first()


def tags_of(owner: User) -> Sequence[tuple[str, int]]:
    """The tags of one's own cards with how many cards have each, the most frequent first."""
    return _counted(OwnCard.objects.filter(owner=owner))[:MOST_TAGS_SHOWN]


def tags_to_study(owner: User | None) -> Sequence[str]:
    """The tags by which one may choose what to study: a few of the site's, then the person's own,
    on cards and in notes, the most frequent first."""
    given = {tag for card in site_cards().values() for tag in card.tags}
    few = [tag for tag in DECK_TAGS if tag in given]
    if owner is None:
        return few
    count = Counter(dict(tags_of(owner)))
    noted = _counted(Remark.objects.filter(owner=owner))
    count.update({tag: cards for tag, cards in noted if tag not in given})
    own = sorted(count.keys() - set(few), key=lambda tag: (-count[tag], tag))
    return few + own[:MOST_IN_MENU]


def _counted(tagged: QuerySet[Any]) -> Sequence[tuple[str, int]]:
    """Each tag with how many of the rows have it, the most frequent first."""
    each = tagged.annotate(tag=Func(F("tags"), function="unnest"))
    return list(each.values_list("tag").annotate(cards=Count("id")).order_by("-cards", "tag"))


def aside(owner: User) -> Sequence[Aside]:
    """The cards that were set aside, those forgotten most often first; of all packs."""
    items = Item.objects.filter(owner=owner, key__startswith=CARDS, suspended=True)
    rows = list(items.order_by("-lapses", "key").values_list("key", "lapses")[:MOST_ASIDE])
    content = site_cards() if rows else {}
    ids = [key.removeprefix(OWN) for key, _ in rows if key.startswith(OWN)]
    own = {card.key: card for card in OwnCard.objects.filter(owner=owner, pk__in=ids)}
    found = []
    for key, lapses in rows:
        if card := own.get(key):
            found.append(Aside(key, str(card), lapses, own_id=card.pk))
        elif made := content.get(key):
            found.append(Aside(key, made.title, lapses, about=made.about))
    return found
