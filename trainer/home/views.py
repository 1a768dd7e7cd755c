"""The front page."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.home.selectors import NextStep, next_step
from trainer.home.studying import Studying, studying
from trainer.lib.segments import segments

USUAL = "45"
TASTER = "8"

First = Literal["continue", "cards", "read", "redo", "enter"]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for who is new; the one next step, for who has been here."""
    pack = get_pack(DEFAULT_PACK)
    usual = pack.format(USUAL)
    step, study = next_step(request.user), studying(request.user)
    context = {
        "pack": pack,
        "usual": usual,
        "taster": pack.format(TASTER),
        "strip": segments([(phase.name, phase.minutes) for phase in usual.phases]) if usual else [],
        "step": step,
        "study": study,
        "returning": step is not None or (study is not None and study.started),
        "first": _first(step, study),
    }
    return render(request, "home/home.html", context)


def _first(step: NextStep | None, study: Studying | None) -> First:
    """The one next step: what was begun, then what is due, then what can be done better; nothing
    that tires on the interview's eve, and on its day one page."""
    if step and step.unfinished:
        return "continue"
    if study and study.days == 0:
        return "read"
    if study and study.started and study.due:
        return "cards"
    if study and study.days == 1:
        return "read"
    return "redo" if step and step.may_redo else "enter"
