"""The pages about all labs: the index, the visitor's intuition, what stands for what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.catalog.packs import DEFAULT_PACK
from trainer.lab import bases, cards, intuition
from trainer.lab.selectors import measured_attempts, states
from trainer.lab.stage import Needs
from trainer.lab.views.finding import pack_or_404


@require_safe
def first_pack(_: HttpRequest) -> HttpResponse:
    """The index of the pack that the product opens with."""
    return redirect("lab:index", DEFAULT_PACK)


@require_safe
@never_cache
def index(request: HttpRequest, pack: str) -> HttpResponse:
    """All labs of a pack: those to start with, then in groups."""
    found = pack_or_404(pack)
    made = cards.of(found, states(request.user.pk, found.slug))
    context = {
        "pack": found,
        "starters": cards.starters(found, made),
        "groups": cards.groups(found, made),
        "world": bases.building(),
        "meanwhile": bases.choose(Needs.RANKERS),
    }
    return render(request, "lab/index.html", context)


@require_safe
@never_cache
def intuition_page(request: HttpRequest) -> HttpResponse:
    """How near the visitor's predictions were, over labs and over time."""
    context = intuition.of(measured_attempts(request.user.pk))
    return render(request, "lab/intuition.html", {"intuition": context})


@require_safe
def stand_ins(request: HttpRequest, pack: str) -> HttpResponse:
    """Which part here plays which of the real thing, and how they differ."""
    return render(request, "lab/stand_ins.html", {"pack": pack_or_404(pack)})
