"""What the study page's script sends, and the same of forms: answers, undo, setting aside."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from trainer.accounts.models import User
from trainer.cards import services
from trainer.cards.chosen import content_cards
from trainer.cards.errors import OwnerGone, UnknownCard
from trainer.cards.forms import (
    Answers,
    Aside,
    Asking,
    GivenAnswer,
    Undo,
    Unreadable,
    read,
)
from trainer.cards.keys import OWN, pack_of
from trainer.cards.queue import queue
from trainer.cards.views.incoming import Refused, is_json, refusing, sent, who
from trainer.cards.views.person import person
from trainer.cards.views.showing import card_html, find, reply
from trainer.cards.views.study import AHEAD, to_study
from trainer.catalog.packs import DEFAULT_PACK
from trainer.lib import clock

SUSPENDED: Final = "Set aside. It is not asked until you bring it back from your cards."
BURIED: Final = "Put off till tomorrow."
BACK: Final = "The card is back: it is asked when it is due."


@refusing
def answers(request: HttpRequest) -> HttpResponse:
    """Answers, each counted once by its name, and then what comes next. Without any, only that."""
    if not is_json(request):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON.")
    asking = sent(request, Answers)
    owner = who(request, asking) if asking.answers else _reader(request, asking)
    took, refused, told, leeches = [], [], [], []
    for raw in asking.answers:
        try:
            taken = _answered(owner, raw) if owner else None
        except OwnerGone as error:
            raise Refused(HTTPStatus.CONFLICT, str(error)) from error
        except (Unreadable, UnknownCard) as error:
            refused.append({"once": _once(raw), "sentence": str(error)})
            continue
        if taken:
            took.append(taken.once)
            told += [taken.told] if taken.told else []
            leeches += [raw["key"]] if taken.leech else []
    ways = _remedies(leeches[-1]) if leeches else []
    told = list(dict.fromkeys(told))
    return _next(request, owner, asking, took=took, refused=refused, told=told, ways=ways)


def _remedies(key: str) -> list[dict[str, str]]:
    """What can be done about a card that was just set aside."""
    card = content_cards(pack_of(key) or DEFAULT_PACK).get(key)
    note = {"name": "Write a note", "href": f"{reverse('cards:study')}?card={key}&turned=1"}
    if card is None:
        return [
            {
                "name": "Edit the card",
                "href": reverse("cards:own_card", args=[key.removeprefix(OWN)]),
            }
        ]
    return [{"name": "Read about it", "href": card.about}, note] if card.about else [note]


def _reader(request: HttpRequest, asking: Asking) -> User | None:
    """Who only looks: nobody becomes a guest by that."""
    known = person(request)
    return who(request, asking) if known or asking.person else None


def _answered(owner: User, raw: object) -> services.Taken:
    given = read(GivenAnswer, raw)
    return services.answer(owner, services.Answer(**given.model_dump()), clock.now())


def _once(raw: object) -> str:
    once = raw.get("once") if isinstance(raw, dict) else None
    return once[:64] if isinstance(once, str) else ""


@refusing
def undo(request: HttpRequest) -> HttpResponse:
    """Takes one answer back; its card comes again, turned."""
    asking = sent(request, Undo)
    owner = who(request, asking)
    key = services.undo(owner, asking.once)
    sentence = "" if key else "There is no such answer to take back (any more)."
    if not is_json(request):
        if key:
            return to_study(asking.wanted, card=key, turned="1")
        raise Refused(HTTPStatus.CONFLICT, sentence)
    now = clock.now()
    card = find(owner, key or asking.key or "", now)
    back = {"key": card.key, "html": card_html(request, card, asking.wanted)} if card else None
    return _next(request, owner, asking, undone=key is not None, sentence=sentence, card=back)


@refusing
def suspend(request: HttpRequest) -> HttpResponse:
    """The card is not asked until it is brought back."""
    return _set_aside(request, services.suspend, SUSPENDED)


@refusing
def bury(request: HttpRequest) -> HttpResponse:
    """The card is not asked before tomorrow."""
    return _set_aside(request, services.bury, BURIED)


@refusing
def bring_back(request: HttpRequest) -> HttpResponse:
    """Takes back that a card was set aside or put off. The study page gets it again, not turned; a
    form comes from the list of what was set aside, and goes back there."""
    asking = sent(request, Aside)
    if not is_json(request):
        return _back_from_the_list(request, asking.key)
    owner = who(request, asking)
    now = clock.now()
    try:
        services.resume(owner, asking.key, now)
    except UnknownCard as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from error
    card = find(owner, asking.key, now)
    back = {"key": card.key, "html": card_html(request, card, asking.wanted)} if card else None
    return _next(request, owner, asking, card=back)


def _back_from_the_list(request: HttpRequest, key: str) -> HttpResponse:
    owner = person(request)
    if owner is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "You are signed out. Nothing was brought back.")
    try:
        services.resume(owner, key, clock.now())
    except UnknownCard:
        messages.error(request, "This card is not there any more. Nothing was brought back.")
    else:
        messages.success(request, BACK)
    return redirect("cards:own")


def _set_aside(request: HttpRequest, verb: Callable[..., None], sentence: str) -> HttpResponse:
    asking = sent(request, Aside)
    owner = who(request, asking)
    try:
        verb(owner, asking.key, clock.now())
    except UnknownCard as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from error
    if is_json(request):
        return _next(request, owner, asking, told=[sentence])
    messages.info(request, sentence)
    return to_study(asking.wanted)


def _next(request: HttpRequest, owner: User | None, asking: Asking, **more: Any) -> JsonResponse:
    now, wanted = clock.now(), asking.wanted
    have = set(asking.have)
    asked = queue(owner, now, limit=AHEAD, topic=wanted.topic, tag=wanted.tag, have=have)
    return JsonResponse(reply(request, owner, asked, wanted, now, **more))
