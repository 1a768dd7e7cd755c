"""The two sides of a card as sanitised HTML, for the study page, browsing and the export."""

from dataclasses import dataclass, replace
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from trainer.cards.checking import mixed
from trainer.cards.deck.card import Card
from trainer.cards.deck.pictures import picture_svg
from trainer.cards.models import OwnCard
from trainer.catalog import prose
from trainer.catalog.schema import Pack

# Rendering takes about 2 ms a card, so what was rendered is kept as long as the deck is.
_sides: Final[dict[tuple[int, str], tuple[Card, "Face"]]] = {}
_MOST_SIDES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Face:
    """`parts`: of an ordering card, mixed, as a list; it goes below `front` wherever the parts are
    only read, and is left away where they can be moved."""

    front: SafeString
    back: SafeString
    parts: SafeString | None = None


def face(pack: Pack, card: Card, seed: str = "") -> Face:
    """The sides of a card that is made from `pack`. `seed` mixes the parts of an ordering."""
    known = _sides.get((id(pack), card.id))
    # Another pack may have got the identity of one that is gone, but not its cards.
    if known is None or known[0] is not card:
        if len(_sides) >= _MOST_SIDES:
            _sides.clear()
        known = (card, _rendered(pack, card))
        _sides[id(pack), card.id] = known
    return replace(known[1], parts=_mixed(pack, card, seed)) if card.order else known[1]


def own_face(own: OwnCard) -> Face:
    """The sides of a person's own card."""
    return Face(prose.typed_html(own.front), prose.typed_html(own.back))


def _rendered(pack: Pack, card: Card) -> Face:
    front = prose.html(pack, card.front)
    if card.kind == "picture":
        front += format_html('<figure class="outline">{}</figure>', _picture(pack, card.hole))
    return Face(front, prose.html(pack, card.back))


def _picture(pack: Pack, hole: str) -> SafeString:
    return mark_safe(picture_svg(pack, hole))  # noqa: S308 (it escapes every name)


def _mixed(pack: Pack, card: Card, seed: str) -> SafeString:
    offered = (card.order[place] for place in mixed(card, seed))
    items = format_html_join(
        "", "<li>{}</li>", ((prose.inline_html(pack, each),) for each in offered)
    )
    return format_html("<ul>{}</ul>", items)
