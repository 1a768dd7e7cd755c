"""What the study page shows: a card, those ahead, the end; as HTML and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from trainer.accounts.models import User
from trainer.cards.checking import Verdict, mixed
from trainer.cards.chosen import chosen
from trainer.cards.deck.card import TOPICS
from trainer.cards.forms import Wanted
from trainer.cards.keys import OWN, pack_of
from trainer.cards.queue import Queue
from trainer.cards.shown import Shown, shown
from trainer.cards.views.person import name_of
from trainer.catalog.packs import DEFAULT_PACK, get_pack, pack_slugs
from trainer.lib.ids import new_id
from trainer.schedule import selectors as schedule
from trainer.schedule.models import KEY_LENGTH
from trainer.schedule.waits import said

RATINGS: Final = (
    (1, "Again", "Not yet"),
    (2, "Hard", ""),
    (3, "Good", "Knew it"),
    (4, "Easy", ""),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was done on the card so far. `places`: of an ordering, the place by the number of the
    part as it was offered."""

    turned: bool = False
    typed: str = ""
    places: Mapping[int, int] | None = None
    verdict: Verdict | None = None
    refusal: str = ""


NOTHING: Final = Tried()


@dataclass(frozen=True, slots=True)
class Offered:
    """A part of an ordering card, as it is offered; `place`: what it was given (None: nothing)."""

    text: str
    place: int | None


def find(owner: User | None, key: str, now: datetime) -> Shown | None:
    """The card of that key, whether it is due or not; None for one that is not this person's, and
    for what is no key."""
    if len(key) > KEY_LENGTH or not key.isprintable():  # Postgres would refuse to look for it
        return None
    pack = DEFAULT_PACK if key.startswith(OWN) else pack_of(key)
    if pack not in pack_slugs():
        return None
    cards = chosen(owner, pack)
    if owner is None and key not in cards.content:
        return None
    found = shown(owner, cards, [key], schedule.preferences(owner), now)
    return found[0] if found else None


def card_context(each: Shown, wanted: Wanted, tried: Tried = NOTHING) -> dict[str, Any]:
    """What `_card.html` takes. `wanted`: the filter of the page."""
    pack = pack_of(each.key)
    ways = zip(RATINGS, each.intervals, strict=True)
    offered = _offered(each, tried.places or {})
    return {
        "shown": each,
        "pack": get_pack(pack) if pack else None,
        "wanted": wanted,
        "topic_name": TOPICS[each.card.topic],
        "turned": tried.turned,
        "typed": tried.typed,
        "verdict": tried.verdict,
        "refusal": tried.refusal,
        "offered": offered,
        "places": range(1, len(offered) + 1),
        "ratings": [(*rating, wait) for rating, wait in ways],
        "once": new_id(),
    }


def _offered(each: Shown, places: Mapping[int, int]) -> Sequence[Offered]:
    if not each.card.order:
        return ()
    order = mixed(each.card, str(each.reviews))
    return [
        Offered(each.card.order[place], places.get(number)) for number, place in enumerate(order)
    ]


def card_html(request: HttpRequest, each: Shown, wanted: Wanted) -> str:
    """The card, not turned."""
    return _rendered(request, "cards/_card.html", card_context(each, wanted))


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Of a page, only its token is needed: this is done for many cards at once."""
    return render_to_string(template, context | {"csrf_token": get_token(request)})


def done_context(asked: Queue, wanted: Wanted, owner: User | None, now: datetime) -> dict[str, Any]:
    """What `_done.html` takes."""
    preferences = schedule.preferences(owner)
    return {
        "asked": asked,
        "wanted": wanted,
        "new_a_day": preferences.new_a_day,
        "reviews_a_day": preferences.reviews_a_day,
        "next_in": said(asked.next_at - now) if asked.next_at else "",
    }


def _done_html(
    request: HttpRequest, asked: Queue, wanted: Wanted, owner: User | None, now: datetime
) -> str:
    return _rendered(request, "cards/_done.html", done_context(asked, wanted, owner, now))


def title(wanted: Wanted) -> str:
    """What the page is called; "" for all cards."""
    topic = next((name for slug, name in TOPICS.items() if slug == wanted.topic), "")
    return " · ".join(each for each in (topic, wanted.tag) if each)


def reply(
    request: HttpRequest,
    owner: User | None,
    asked: Queue,
    wanted: Wanted,
    now: datetime,
    **more: object,
) -> dict[str, Any]:
    """What comes now, as JSON. A card that the page has already is only named."""
    return {
        "person": {"id": name_of(owner), "guest": owner is None or owner.is_guest},
        "csrf": get_token(request),
        "now": now.isoformat(),
        "left": {
            "new": asked.left.new,
            "learning": asked.left.learning,
            "review": asked.left.review,
        },
        "queue": asked.keys,
        "cards": [
            {"key": each.key, "html": card_html(request, each, wanted)} for each in asked.cards
        ],
        "done": "" if asked.keys else _done_html(request, asked, wanted, owner, now),
        "told": [],
        **more,
    }
