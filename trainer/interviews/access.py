"""Who may open an interview's pages: its owner. To anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from trainer.catalog.packs import UnknownPack
from trainer.interviews.models import Interview

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def owned(
    view: Callable[Concatenate[HttpRequest, Interview, P], HttpResponseBase],
) -> View:
    """Gives the view the interview with the address's `id`.

    Who is not signed in is sent to sign in first; another person's interview is a 404, so that
    nobody learns which ids exist.
    """

    @login_required
    @wraps(view)
    def with_interview(
        request: HttpRequest, id: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        interview = Interview.objects.filter(pk=id, owner_id=request.user.pk).first()
        if interview is None:
            raise Http404("There is no such interview, or it belongs to somebody else.")
        try:
            return view(request, interview, *args, **kwargs)
        except UnknownPack as error:
            raise Http404("This interview's content is no longer on this site.") from error

    return with_interview
