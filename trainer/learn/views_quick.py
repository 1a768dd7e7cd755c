"""The quick reference card, to read, to print and to recall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trainer.learn.quick import card
from trainer.learn.views import pack_or_404


@require_safe
def quick(request: HttpRequest, pack: str) -> HttpResponse:
    """The card of a pack; `?recall=1` hides its items until each is asked for."""
    found = pack_or_404(pack)
    asked = request.GET
    shown = card(found, asked.get("recall", ""), asked.get("show", ""))
    return render(request, "learn/quick.html", {"pack": found, "card": shown})
