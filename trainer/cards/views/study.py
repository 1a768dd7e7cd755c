"""The study page. Without a script every answer is a form and a redirect; with one, see sending.py.

Reading writes nothing: whoever comes without an account becomes a guest by the first answer.
"""

import json
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trainer.accounts.guests import ensure_user
from trainer.accounts.models import User
from trainer.cards import services
from trainer.cards.checking import Verdict, check_amount, check_order, placed_by
from trainer.cards.deck.card import TOPICS
from trainer.cards.errors import OwnerGone, UnknownCard
from trainer.cards.forms import GivenAnswer, Unreadable, Wanted, read, wanted
from trainer.cards.own.selectors import tags_to_study
from trainer.cards.queue import queue
from trainer.cards.shown import Shown
from trainer.cards.views.person import name_of, person
from trainer.cards.views.showing import (
    Tried,
    card_context,
    card_html,
    done_context,
    find,
    title,
)
from trainer.lib import clock
from trainer.schedule import selectors as schedule
from trainer.schedule.models import Preferences

AHEAD: Final = 10  # cards that a page holds
YEAR_S: Final = 60 * 60 * 24 * 365
BUTTONS_COOKIE: Final = "answers"
GONE: Final = "This card is not here (any more). Here is the next one."
TOPIC_GONE: Final = "There is no topic of that name. These are the cards of all topics."


@never_cache
@require_safe
def study(request: HttpRequest) -> HttpResponseBase:
    """Opens on a card. `card`: this one, `turned` or not, with what was typed or ordered on it."""
    owner, now = person(request), clock.now()
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"csrf": get_token(request), "person": name_of(owner)})
    key, topic = request.GET.get("card", ""), request.GET.get("topic", "")
    chosen = wanted(topic, request.GET.get("tag", ""))
    card = find(owner, key, now) if key else None
    told = [GONE] if key and card is None else []
    told += [TOPIC_GONE] if topic != chosen.topic else []
    status = HTTPStatus.NOT_FOUND if told else HTTPStatus.OK
    context = _page(request, owner, chosen, card)
    return render(request, "cards/study.html", context | {"told": told}, status=status)


def _page(
    request: HttpRequest, owner: User | None, chosen: Wanted, card: Shown | None
) -> dict[str, Any]:
    now = clock.now()
    asked = queue(owner, now, limit=AHEAD, topic=chosen.topic, tag=chosen.tag)
    ahead = [each for each in asked.cards if card is None or each.key != card.key]
    if card is None and ahead:
        card, ahead = ahead[0], ahead[1:]
    preferences = schedule.preferences(owner)
    context: dict[str, Any] = {
        "wanted": chosen,
        "title": title(chosen),
        "topics": TOPICS.items(),
        "tags": tags_to_study(owner),
        "left": asked.left,
        "answers_wide": preferences.answers,
        "answers": 4 if request.COOKIES.get(BUTTONS_COOKIE) == "4" else 2,
        "last": request.GET.get("last", "")[:64],
        "ahead": [{"key": each.key, "html": card_html(request, each, chosen)} for each in ahead],
        "page_json": json.dumps(_told_to_script(owner, preferences, chosen, now.isoformat())),
        "shown": None,
    }
    if card is None:
        return context | done_context(asked, chosen, owner, now)
    return context | card_context(card, chosen, _tried(request, card))


def _told_to_script(
    owner: User | None, preferences: Preferences, chosen: Wanted, now: str
) -> dict[str, Any]:
    names = ("study", "answers", "undo", "check", "bring_back")
    return {
        "person": {"id": name_of(owner), "guest": owner is None or owner.is_guest},
        "wanted": chosen.fields,
        "now": now,
        "utc_offset_min": preferences.utc_offset_min,
        "urls": {name: reverse(f"cards:{name}") for name in names},
    }


def _tried(request: HttpRequest, card: Shown) -> Tried:
    """What the address says was done on the card that it names."""
    if request.GET.get("card") != card.key or "turned" not in request.GET:
        return Tried()
    verdict = _verdict(request, card)
    typed, places = request.GET.get("typed", "")[:60], placed_by(request.GET.getlist("place"))
    if card.card.order and verdict and verdict.right is None:
        return Tried(places=places, refusal=verdict.sentence)
    return Tried(turned=True, typed=typed, places=places, verdict=verdict)


def _verdict(request: HttpRequest, card: Shown) -> Verdict | None:
    if card.card.numeric:
        return check_amount(card.card.numeric, request.GET.get("typed", ""))
    if card.card.order:
        seed = request.GET.get("seen", "")[:10]
        return check_order(card.card, seed, placed_by(request.GET.getlist("place")[:40]))
    return None


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What is to be said of a typed amount or an order, as a fragment; empty where nothing is."""
    card = find(person(request), request.GET.get("card", ""), clock.now())
    if card is None:
        return HttpResponse(GONE, "text/plain", status=HTTPStatus.NOT_FOUND)
    verdict = _verdict(request, card)
    if verdict is None:
        return HttpResponse()
    context = card_context(card, Wanted()) | {"verdict": verdict}
    return render(request, "cards/_verdict.html", context)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """One answer, by a form; then the next card."""
    owner, now = ensure_user(request), clock.now()
    chosen = of_form(request)
    sent = {
        name: str(request.POST[name])
        for name in ("once", "key", "rating", "seen")
        if name in request.POST
    }
    try:
        given = read(GivenAnswer, sent | {"at": now})
        taken = services.answer(owner, services.Answer(**given.model_dump()), now)
    except Unreadable as error:
        messages.error(request, f"The answer could not be read: {error} Nothing was counted.")
        return to_study(chosen)
    except OwnerGone as error:
        messages.error(request, str(error))
        return to_study(chosen)
    except UnknownCard as error:
        context = _page(request, owner, chosen, None)
        context["told"] = [str(error)]
        return render(request, "cards/study.html", context, status=HTTPStatus.NOT_FOUND)
    if taken.told:
        messages.info(request, taken.told)
    return to_study(chosen, last=given.once)


@require_POST
def buttons(request: HttpRequest) -> HttpResponse:
    """Two big answers or four on a narrow page: kept on this device by a cookie."""
    response = to_study(of_form(request))
    wanted = "4" if request.POST.get("answers") == "4" else "2"
    response.set_cookie(
        BUTTONS_COOKIE, wanted, max_age=YEAR_S, samesite="Lax", path=reverse("cards:study")
    )
    return response


def of_form(request: HttpRequest) -> Wanted:
    """The filter that a form was sent from."""
    return wanted(request.POST.get("topic", ""), request.POST.get("tag", ""))


def to_study(chosen: Wanted, **fields: str) -> HttpResponse:
    """A redirect to the page."""
    query = urlencode(chosen.fields | fields)
    return redirect(reverse("cards:study") + (f"?{query}" if query else ""))
