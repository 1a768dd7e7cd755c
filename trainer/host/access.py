"""Who may open a scorecard's pages: who accepted an invitation that was not revoked. To anybody
else, the candidate included, they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from trainer.catalog.packs import UnknownPack
from trainer.host.errors import SeatGone
from trainer.host.models import Invitation
from trainer.host.selectors import seat_of

P = ParamSpec("P")
NO_SEAT = "There is no such interview, or you are not invited to it."


def seated(
    view: Callable[Concatenate[HttpRequest, Invitation, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Gives the view the invitation by which the visitor scores the interview of the address."""

    @login_required
    @wraps(view)
    def with_seat(
        request: HttpRequest, id: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        seat = seat_of(id, request.user.pk)
        if seat is None:
            raise Http404(NO_SEAT)
        try:
            return view(request, seat, *args, **kwargs)
        except SeatGone as error:
            raise Http404(NO_SEAT) from error
        except UnknownPack as error:
            raise Http404("This interview's content is no longer on this site.") from error

    return with_seat
