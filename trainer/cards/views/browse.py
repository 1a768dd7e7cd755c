"""Flipping through the cards: no schedule, no account, and nothing is kept."""

import random
from typing import Any, Final, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trainer.cards.browsing import (
    LARGEST_SEED,
    Asked,
    address,
    as_list,
    asked_for,
    browsed,
    place_in,
)
from trainer.cards.deck import deck
from trainer.cards.deck.card import TOPICS, Card
from trainer.cards.faces import face
from trainer.catalog.packs import DEFAULT_PACK, UnknownPack, get_pack
from trainer.catalog.schema import Pack, Status

KINDS: Final = {
    "basic": "Question and answer",
    "numeric": "Numbers to say",
    "cloze": "Sentences with a gap",
    "ordering": "Things to put in order",
    "picture": "Pictures with a gap",
}


@require_safe
def browse_page(request: HttpRequest) -> HttpResponse:
    """One card of those that the address asks for; with `?view=list` the titles of them all."""
    asked = asked_for(request.GET.dict(), DEFAULT_PACK)
    pack = _pack_or_404(asked.pack)
    whole = deck(pack)
    cards = browsed(whole, asked)
    context = {"pack": pack, "asked": asked, "count": len(cards), **_choices(whole)}
    if request.GET.get("view") == "list":
        listed = [(card, _to(asked, at=at)) for at, card in enumerate(cards, start=1)]
        ways = {name: as_list(to) for name, to in _ways(asked).items()}
        one_by_one = _to(asked, at=1)
        context |= {"cards": listed, "view": "list", "other_view": one_by_one, **ways}
        return render(request, "cards/browse_list.html", context)
    context |= {"view": "", "other_view": as_list(_to(asked, at=1)), **_ways(asked)}
    return render(request, "cards/browse.html", {**context, **_shown(pack, cards, asked)})


def _shown(pack: Pack, cards: list[Card], asked: Asked) -> dict[str, Any]:
    place = place_in(cards, asked)
    if place is None:
        return {"place": None}
    return {
        "place": place,
        "card": place.card,
        "face": face(pack, place.card),
        "topic_name": TOPICS[place.card.topic],
        "previous": place.previous and _to(asked, at=place.previous),
        "next": place.next and _to(asked, at=place.next),
    }


def _choices(whole: tuple[Card, ...]) -> dict[str, Any]:
    """What the filters offer: whatever the deck has."""
    topics, kinds = {card.topic for card in whole}, {card.kind for card in whole}
    return {
        "topics": [(slug, name) for slug, name in TOPICS.items() if slug in topics],
        "kinds": [(kind, name) for kind, name in KINDS.items() if kind in kinds],
        "statuses": get_args(Status),
        "default_pack": DEFAULT_PACK,
    }


def _ways(asked: Asked) -> dict[str, str]:
    """The links to other cards, or to another order."""
    status = "" if asked.status == "contested" else "contested"
    seed = random.randint(1, LARGEST_SEED)  # noqa: S311 (a game, no secret)
    return {
        "all": address(Asked(asked.pack), DEFAULT_PACK),
        "contested": _to(asked, at=1, status=status),
        "shuffled": _to(asked, at=1, shuffle=seed),
        "in_order": _to(asked, at=1, shuffle=0),
    }


def _to(asked: Asked, **changes: str | int) -> str:
    return address(asked, DEFAULT_PACK, **changes)


def _pack_or_404(slug: str) -> Pack:
    try:
        return get_pack(slug)
    except UnknownPack as error:
        raise Http404(f"There is no pack called {slug}.") from error
