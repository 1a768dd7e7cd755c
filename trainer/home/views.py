"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.home.selectors import next_step
from trainer.lib.segments import segments

USUAL = "45"
TASTER = "8"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for who is new; the one next step, for who has been here."""
    pack = get_pack(DEFAULT_PACK)
    usual = pack.format(USUAL)
    context = {
        "pack": pack,
        "usual": usual,
        "taster": pack.format(TASTER),
        "strip": segments([(phase.name, phase.minutes) for phase in usual.phases]) if usual else [],
        "step": next_step(request.user),
    }
    return render(request, "home/home.html", context)
