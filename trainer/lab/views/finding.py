"""What an address names: a pack, a lab, a run. What is not there, or another's, is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from trainer.catalog.lab_schema import Lab
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.catalog.schema import Pack
from trainer.lab.models import Run
from trainer.lab.selectors import run_of

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
NO_LAB = "There is no such lab: choose one from the index."
NO_RUN = "There is no such run, or it belongs to somebody else."


def pack_or_404(slug: str) -> Pack:
    try:
        return get_pack(slug)
    except UnknownPack as error:
        raise Http404(str(error)) from error


def lab_or_404(pack: Pack, slug: str) -> Lab:
    lab = pack.lab(slug)
    if lab is None:
        raise Http404(NO_LAB)
    return lab


def with_lab(
    view: Callable[Concatenate[HttpRequest, Pack, Lab, P], HttpResponseBase],
) -> View:
    """Gives the view the pack and the lab that the address names."""

    @wraps(view)
    def found(
        request: HttpRequest, pack: str, lab: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        where = pack_or_404(pack)
        return view(request, where, lab_or_404(where, lab), *args, **kwargs)

    return found


def with_own_run(
    view: Callable[Concatenate[HttpRequest, Run, P], HttpResponseBase],
) -> View:
    """Gives the view the visitor's own run. Anybody else's does not exist."""

    @wraps(view)
    def found(
        request: HttpRequest, run: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        mine = run_of(request.user.pk, run)
        if mine is None:
            raise Http404(NO_RUN)
        return view(request, mine, *args, **kwargs)

    return found
