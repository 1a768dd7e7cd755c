"""Taking cards out: what each file is, and the files."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.deck.card import TOPICS
from trainer.cards.models import OwnCard
from trainer.cards.sharing import outgoing
from trainer.cards.sharing.outgoing import OWN_TOPIC, Parcel
from trainer.catalog.packs import DEFAULT_PACK, UnknownPack, get_pack, pack_slugs
from trainer.catalog.schema import Pack
from trainer.lib import clock


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a file can have."""

    media_type: str
    write: Callable[[Parcel], bytes]


FORMS: Final[Mapping[str, Form]] = {
    "apkg": Form("application/apkg", outgoing.as_apkg),
    "csv": Form("text/csv; charset=utf-8", outgoing.as_csv),
    "json": Form("application/json", outgoing.as_json),
    "zip": Form("application/zip", outgoing.as_zip),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A topic to choose, with how many cards it has."""

    topic: str
    title: str
    cards: int


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The page; with `as`, a file: of the topics named, or of all where none is."""
    owner = request.user if isinstance(request.user, User) else None
    pack = _pack(request.GET.get("pack") or DEFAULT_PACK)
    wanted = request.GET.get("as", "")
    if not wanted:
        context = {"topics": _offered(owner, pack), "packs": _packs(), "pack": pack}
        return render(request, "cards/export.html", context)
    if wanted not in FORMS:
        raise Http404(f"There is no file of the kind {wanted[:20]!r}: {', '.join(FORMS)}.")
    topics = set(request.GET.getlist("topic")[: len(TOPICS)]) or set(TOPICS)
    form = FORMS[wanted]
    contents = form.write(outgoing.parcel(owner, pack, topics, clock.now()))
    disposition = f'attachment; filename="{pack.slug}-cards.{wanted}"'
    return HttpResponse(
        contents,
        content_type=form.media_type,
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )


def _pack(slug: str) -> Pack:
    try:
        return get_pack(slug)
    except UnknownPack as error:
        raise Http404(str(error)) from error


def _packs() -> list[Pack]:
    return [get_pack(slug) for slug in pack_slugs()]


def _offered(owner: User | None, pack: Pack) -> list[Offered]:
    counts = Counter[str](card.topic for card in content_cards(pack.slug).values())
    if owner is not None:
        counts[OWN_TOPIC] = OwnCard.objects.filter(owner=owner).count()
    return [
        Offered(topic, title, counts[topic]) for topic, title in TOPICS.items() if counts[topic]
    ]
