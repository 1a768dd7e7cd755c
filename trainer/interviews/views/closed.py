"""Finished interviews only: who comes too early is told so, and where to go."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from trainer.catalog.packs import UnknownPack
from trainer.interviews.models import Interview

P = ParamSpec("P")

NO_PACK = "This interview's content is no longer on this site. The replay still shows it."
TOO_EARLY = "This interview is not finished. The report and the replay open when it is."


def finished(
    view: Callable[Concatenate[HttpRequest, Interview, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Lets only finished interviews through: nothing of the rubric is shown before."""

    @wraps(view)
    def guarded(
        request: HttpRequest, interview: Interview, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if interview.status != "finished":
            return refuse(request, interview, TOO_EARLY)
        try:
            return view(request, interview, *args, **kwargs)
        except UnknownPack:
            return refuse(request, interview, NO_PACK, HTTPStatus.NOT_FOUND)

    return guarded


def refuse(
    request: HttpRequest,
    interview: Interview,
    sentence: str,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> HttpResponse:
    """A page with the sentence and the way back."""
    context = {"interview": interview, "sentence": sentence}
    return render(request, "interviews/report_closed.html", context, status=status)
