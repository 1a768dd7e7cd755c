"""The two sides of a card as sanitised HTML, for the study page, browsing and the export."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from trainer.cards.checking import mixed
from trainer.cards.deck.card import Card
from trainer.cards.deck.pictures import picture_svg
from trainer.cards.models import OwnCard
from trainer.catalog import prose
from trainer.catalog.schema import Pack


@dataclass(frozen=True, slots=True)
class Face:
    """`front` holds all that is asked with: the question, the drawing of a picture, the mixed parts
    of an ordering. `question` is the same without those, for a page on which they are moved."""

    front: SafeString
    back: SafeString
    question: SafeString


@dataclass(frozen=True, slots=True)
class _Rendered:
    """`parts`: of an ordering, in the right order."""

    card: Card
    question: SafeString
    back: SafeString
    parts: tuple[SafeString, ...]


# Rendering takes about 2 ms a card, so what was rendered is kept as long as the deck is.
_rendered: Final[dict[tuple[int, str], _Rendered]] = {}
_MOST_RENDERED: Final = 5_000


def face(pack: Pack, card: Card, seed: str = "") -> Face:
    """The sides of a card that is made from `pack`. `seed` mixes the parts of an ordering."""
    known = _rendered.get((id(pack), card.id))
    # Another pack may have got the identity of one that is gone, but not its cards.
    if known is None or known.card is not card:
        if len(_rendered) >= _MOST_RENDERED:
            _rendered.clear()
        known = _rendered[id(pack), card.id] = _render(pack, card)
    front = known.question + _mixed(known, seed) if known.parts else known.question
    return Face(front, known.back, known.question)


def own_face(own: OwnCard) -> Face:
    """The sides of a person's own card."""
    return _typed(own.front, own.back)


@lru_cache(maxsize=500)  # a page asks for the cards ahead again with every answer
def _typed(front: str, back: str) -> Face:
    question = prose.typed_html(front)
    return Face(question, prose.typed_html(back), question)


def _render(pack: Pack, card: Card) -> _Rendered:
    question = prose.html(pack, card.front)
    if card.kind == "picture":
        question += format_html('<figure class="outline">{}</figure>', _picture(pack, card.hole))
    parts = tuple(prose.inline_html(pack, part) for part in card.order)
    return _Rendered(card, question, prose.html(pack, card.back), parts)


def _picture(pack: Pack, hole: str) -> SafeString:
    return mark_safe(picture_svg(pack, hole))  # noqa: S308 (it escapes every name)


def _mixed(rendered: _Rendered, seed: str) -> SafeString:
    offered = ((rendered.parts[place],) for place in mixed(rendered.card, seed))
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", offered))
