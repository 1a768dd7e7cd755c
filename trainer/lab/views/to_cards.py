"""From what a lab measured to a card of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from trainer.cards.own.services import TooMany
from trainer.lab import saying
from trainer.lab.errors import NothingToSay
from trainer.lab.models import Run
from trainer.lab.views.finding import lab_or_404, pack_or_404, with_own_run
from trainer.lib import clock


@require_POST
@with_own_run
def add_to_cards(request: HttpRequest, run: Run) -> HttpResponse:
    """Make a card of the run's sentence, once, and come back to it."""
    pack = pack_or_404(run.attempt.pack)
    lab = lab_or_404(pack, run.attempt.lab)
    try:
        saying.to_card(pack, lab, run, clock.now())
    except (NothingToSay, TooMany) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Added to your cards. It comes among your new ones.")
    return redirect(f"{reverse('lab:one_run', args=[run.id])}#say")
