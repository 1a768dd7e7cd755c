"""The pages of the drills: the index, the start of each, and the round. All drills share them.

Every form posts to an address of its own and is answered by a redirect; a form that is refused
comes back with the sentence, and with what was typed in its box.
"""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trainer.accounts.guests import ensure_user
from trainer.accounts.models import User
from trainer.catalog.packs import UnknownPack, get_pack, pack_slugs
from trainer.catalog.schema import Pack
from trainer.drills import coming, kinds
from trainer.drills.access import owned
from trainer.drills.drill import Drill, Sitting
from trainer.drills.models import Round
from trainer.drills.selectors import log_of, open_round
from trainer.drills.services import KEEP, act, start
from trainer.drills.typed import Refused, TooLong, Typed, normalised
from trainer.lib import clock
from trainer.lib.ids import new_id

NOT_SENT = {"csrfmiddlewaretoken"}


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The drills of every pack, with their minutes, and what to train in the next 20."""
    packs = [get_pack(slug) for slug in pack_slugs()]
    offered = [(pack, [each for each in kinds.ALL if each.items(pack)]) for pack in packs]
    owner = request.user if isinstance(request.user, User) else None
    context = {
        "packs": [each for each in offered if each[1]],
        "next": coming.next_session(owner, packs, clock.now()),
    }
    return render(request, "drills/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest, pack: str, drill: str) -> HttpResponse:
    """What the drill asks, and one button; the button starts a round. Whoever comes without an
    account becomes a guest. `item`: the one to begin with."""
    found, chosen = _found(pack, drill)
    wanted = (request.POST.get("item") or request.GET.get("item") or "")[:60]
    context: dict[str, Any] = {"pack": found, "drill": chosen, "item": wanted}
    if request.method != "POST":
        context["open"] = open_round(request.user.pk, pack, drill)
        return render(request, "drills/start.html", context)
    try:
        round = start(ensure_user(request), found, chosen, clock.now(), wanted)
    except Refused as error:
        context["refusal"] = str(error)
        return render(request, "drills/start.html", context, status=HTTPStatus.CONFLICT)
    return redirect(round)


def _found(pack: str, drill: str) -> tuple[Pack, Drill]:
    try:
        found = get_pack(pack)
    except UnknownPack as error:
        raise Http404(str(error)) from error
    chosen = kinds.BY_SLUG.get(drill)
    if chosen is None or not chosen.items(found):
        raise Http404(f"The pack {pack} has no drill {drill}.")
    return found, chosen


@never_cache
@require_safe
@owned
def round_page(request: HttpRequest, round: Round) -> HttpResponseBase:
    """The round as it stands."""
    return _shown(request, round)


@require_http_methods(["GET", "HEAD", "POST"])
@owned
def command(request: HttpRequest, round: Round, command: str) -> HttpResponseBase:
    """One thing that a visitor does in the round. `keep` saves a draft and answers with JSON.

    A refused form leaves this address in the browser: whoever opens it again gets the round.
    """
    if request.method != "POST":
        return redirect(round)
    if command != KEEP and command not in kinds.BY_SLUG[round.drill].commands:
        raise Http404(f"This drill has no command {command}.")
    fields = _fields(request.POST)
    try:
        act(round.id, command, Typed(fields), now=clock.now(), key=_key(command, fields))
    except Round.DoesNotExist as error:  # deleted since it was looked up
        raise Http404("There is no such round.") from error
    except TooLong as error:
        return _refused(request, round, fields, error, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except Refused as error:
        return _refused(request, round, fields, error, HTTPStatus.CONFLICT)
    if command == KEEP:
        return JsonResponse({"kept": True})
    return redirect(round)


def _fields(sent: QueryDict) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(normalised(str(value)) for value in values)
        for name, values in sent.lists()
        if name not in NOT_SENT
    }


def _key(command: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
    """The same form of one page sent twice counts once; with other words in it, it is another.
    Only forms that carry their page's key are told apart so."""
    if not fields.get("key"):
        return None
    said = repr((command, sorted(fields.items())))
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()


def _refused(
    request: HttpRequest,
    round: Round,
    fields: Mapping[str, tuple[str, ...]],
    error: Refused,
    status: HTTPStatus,
) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": str(error)}, status=status)
    return _shown(request, round, fields, refusal=str(error), status=status)


def _shown(
    request: HttpRequest,
    round: Round,
    fields: Mapping[str, tuple[str, ...]] | None = None,
    *,
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    drill, now = kinds.BY_SLUG[round.drill], clock.now()
    log, pack = log_of(round), get_pack(round.pack)
    try:
        page = drill.page(Sitting(round, pack, log, max(now, log.last_at)))
    except Refused as error:  # the content has its items no more
        raise Http404(str(error)) from error
    typed = {name: values[-1] for name, values in (fields or {}).items() if values}
    box = typed.get("box", "")
    left_s = None if page.deadline is None else (page.deadline - now).total_seconds()
    context = {
        "round": round,
        "pack": pack,
        "drill": drill,
        "log": log,
        "left_s": left_s,
        "key": new_id(),
        "box": page.box,
        "boxes": {**log.drafts, **typed, **({box: typed.get("text", "")} if box else {})},
        "refusal": refusal,
        "unsent": typed.get("text", "") if box != page.box else "",
        **page.context,
    }
    return render(request, drill.template, context, status=status)
