"""The page behind an invitation's link."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from trainer.accounts.guests import ensure_user
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.host import inviting
from trainer.host.errors import HostError, LinkClosed, OwnInterview, UnknownLink
from trainer.host.models import Invitation
from trainer.host.throttle import seconds_to_wait
from trainer.lib import clock
from trainer.resilience import redis_clients

STATUS = {
    UnknownLink: HTTPStatus.NOT_FOUND,
    LinkClosed: HTTPStatus.GONE,
    OwnInterview: HTTPStatus.CONFLICT,
}


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for; the form accepts. Whoever comes without an account becomes a guest."""
    address = request.META.get("REMOTE_ADDR", "")
    if wait_s := seconds_to_wait(redis_clients.rebuildable(), address):
        return _too_often(request, wait_s)
    person = request.user if request.user.is_authenticated else None
    try:
        found = inviting.look_up(token, person, clock.now())
        if request.method != "POST":
            return _offered(request, found)
        found = inviting.accept(token, ensure_user(request), clock.now())
    except HostError as error:
        context = {"sentence": str(error), "own": isinstance(error, OwnInterview)}
        return render(request, "host/join_closed.html", context, status=STATUS[type(error)])
    return redirect("host:scorecard", found.interview_id)


def _offered(request: HttpRequest, found: Invitation) -> HttpResponse:
    interview = found.interview
    try:
        pack = get_pack(interview.pack)
    except UnknownPack:
        sentence = "The content of this interview is no longer on this site, so it is not scored."
        return render(
            request, "host/join_closed.html", {"sentence": sentence}, status=HTTPStatus.GONE
        )
    context = {
        "invitation": found,
        "interview": interview,
        "format": pack.format(interview.format_id),
        "title": pack.about.title,
    }
    return render(request, "host/join.html", context)


def _too_often(request: HttpRequest, wait_s: int) -> HttpResponse:
    minutes = -(-wait_s // 60)
    sentence = (
        "Links were opened too often from your address. Try again in "
        f"{minutes} minute{'s' if minutes != 1 else ''}."
    )
    context = {"sentence": sentence}
    response = render(
        request, "host/join_closed.html", context, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(wait_s)
    return response
