"""One's own cards: the list, one card, and what was set aside. Another's card is not there."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trainer.accounts.guests import ensure_user
from trainer.accounts.models import User
from trainer.cards.errors import UnknownCard
from trainer.cards.faces import own_face
from trainer.cards.models import OwnCard
from trainer.cards.own import selectors, services
from trainer.cards.own.forms import OwnCardForm, initial
from trainer.lib import clock

PAGE: Final = 50
QUERY_LENGTH: Final = 100
NO_CARD: Final = "There is no such card, or it belongs to somebody else."
GONE: Final = (
    "This card is not among yours any more. What you wrote stands below: save it as a new card."
)
NOBODY: Final = (
    "You are signed out. What you wrote stands below. Saved as a new card it comes along when you "
    "sign in; the old one stays as it was."
)


def with_own_card(view: Callable[[HttpRequest, OwnCard], HttpResponseBase]) -> Any:
    """Gives the view the visitor's own card that the address names."""

    @wraps(view)
    def found(request: HttpRequest, card: str) -> HttpResponseBase:
        mine = selectors.own_card(request.user.pk, card)
        if mine is None:
            raise Http404(NO_CARD)
        return view(request, mine)

    return found


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The list, with a search (`q`), a tag (`tag`), and what was set aside."""
    owner = request.user if isinstance(request.user, User) else None
    query = _typed(request, "q")
    tag = _typed(request, "tag")
    context: dict[str, Any] = {"query": query, "tag": tag, "searched": bool(query or tag)}
    if owner is not None:
        context["page"] = Paginator(selectors.own_cards(owner, query, tag), PAGE).get_page(
            request.GET.get("page")
        )
        context |= {"tags": selectors.tags_of(owner), "aside": selectors.aside(owner)}
    return render(request, "cards/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a card. Whoever comes without an account becomes a guest when they save it."""
    form = OwnCardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.add(ensure_user(request), form.words, clock.now())
        except services.TooMany as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The card is saved. It comes among your new ones.")
            return redirect("cards:own_new" if "again" in request.POST else "cards:own")
    return _form(request, form, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, card: str) -> HttpResponse:
    """Look at a card as it is asked, and change it. One that was changed elsewhere meanwhile comes
    back with both texts; of one that is gone, what was typed stays."""
    mine = selectors.own_card(request.user.pk, card)
    if mine is None and request.method != "POST":
        raise Http404(NO_CARD)
    return _gone(request) if mine is None else _one(request, mine)


def _one(request: HttpRequest, card: OwnCard) -> HttpResponse:
    form = OwnCardForm(request.POST if request.method == "POST" else None, initial=initial(card))
    was = request.POST.get("was", services.version(card))
    if form.is_valid():
        try:
            services.change(card, form.words, was, clock.now())
        except services.ChangedElsewhere as error:
            return _both(request, form, error)
        except UnknownCard:
            return _gone(request)
        messages.success(request, "The card is changed. When it comes back stays as it was.")
        return redirect("cards:own")
    return _form(request, form, card, was)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_card
def delete(request: HttpRequest, card: OwnCard) -> HttpResponse:
    """Asks once, then deletes."""
    if request.method == "POST":
        services.delete(card)
        messages.success(request, "The card is deleted, with its answers.")
        return redirect("cards:own")
    return render(request, "cards/own_delete.html", {"card": card, "face": own_face(card)})


def _typed(request: HttpRequest, name: str) -> str:
    """A word to look for: what Postgres cannot search is left out."""
    return "".join(sign for sign in request.GET.get(name, "") if sign.isprintable())[:QUERY_LENGTH]


def _form(
    request: HttpRequest, form: OwnCardForm, card: OwnCard | None, was: str = ""
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    face = own_face(card) if card else None
    context = {"form": form, "card": card, "face": face, "was": was}
    return render(request, "cards/own_card.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    sentence = GONE if request.user.is_authenticated else NOBODY
    context = {"form": OwnCardForm(request.POST), "sentence": sentence}
    return render(request, "cards/own_card.html", context, status=HTTPStatus.NOT_FOUND)


def _both(
    request: HttpRequest, form: OwnCardForm, changed: services.ChangedElsewhere
) -> HttpResponse:
    card = changed.card
    there = [(field.label, initial(card)[field.name]) for field in form]
    context = {"form": form, "card": card, "face": own_face(card), "there": there}
    context |= {"was": services.version(card), "sentence": str(changed)}
    return render(request, "cards/own_card.html", context, status=HTTPStatus.CONFLICT)
