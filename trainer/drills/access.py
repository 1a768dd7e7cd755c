"""Who may open a round: its owner. To anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from trainer.catalog.packs import UnknownPack
from trainer.drills import kinds
from trainer.drills.models import Round

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def owned(
    view: Callable[Concatenate[HttpRequest, Round, P], HttpResponseBase],
) -> View:
    """Gives the view the round with the address's `id`.

    Who is not signed in is sent to sign in first; another person's round is a 404, so that nobody
    learns which ids exist.
    """

    @login_required
    @wraps(view)
    def with_round(
        request: HttpRequest, id: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        round = Round.objects.filter(pk=id, owner_id=request.user.pk).first()
        if round is None or round.drill not in kinds.BY_SLUG:
            raise Http404("There is no such round, or it belongs to somebody else.")
        try:
            return view(request, round, *args, **kwargs)
        except UnknownPack as error:
            raise Http404("This round's content is no longer on this site.") from error

    return with_round
