"""Going on as the same guest on a phone: the page with the code, and the page that it opens."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from trainer.accounts import again, carrying, qr, throttle
from trainer.accounts.errors import AccountError, CarryingClosed, NotToBeCarried, UnknownCarrying
from trainer.accounts.guests import MODEL_BACKEND, ensure_user
from trainer.accounts.models import User
from trainer.accounts.reach import is_loopback, origin_for_others
from trainer.lib import clock
from trainer.resilience import redis_clients

STATUS = {UnknownCarrying: HTTPStatus.NOT_FOUND, CarryingClosed: HTTPStatus.GONE}
CARRIED = "This device goes on as the guest of the other one. What you do on either is in both."
BROUGHT = "The guest's work is in your account now. On the other device, sign in to go on with it."


@never_cache
@sensitive_variables("token", "link")
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """A button; pressed, a code that carries this guest to a phone. An account is sent to sign in
    there, by a code of that page."""
    if _account(request):
        link = _origin(request) + reverse("accounts:sign_in")
        return _code_page(request, {"link": link})
    if request.method != "POST":
        return render(request, "accounts/phone.html", _reached(request))
    if wait_s := _wait_s(request):
        return _too_often(request, wait_s)
    try:
        made, token = carrying.offer(ensure_user(request), clock.now())
    except NotToBeCarried:  # they signed up in another tab, this very moment
        return redirect("accounts:phone")
    link = _origin(request) + reverse("accounts:carry", args=[token])
    return _code_page(request, {"link": link, "made": made}, HTTPStatus.CREATED)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, token: str) -> HttpResponse:
    """What the code opens. Looking changes nothing, as previews look too; the form uses it up."""
    if wait_s := _wait_s(request):
        return _too_often(request, wait_s)
    here = request.user if request.user.is_authenticated else None
    try:
        found = carrying.look_up(token, clock.now())
        if here is not None and here == found.person:
            return render(request, "accounts/carry_same.html", status=HTTPStatus.CONFLICT)
        if request.method != "POST":
            return render(request, "accounts/carry.html", {"account": _account(request)})
        person = carrying.carry(token, here, clock.now())
    except AccountError as error:
        if before := _let_in_before(request, token):
            return _gone_on(request, before)
        return _closed(request, str(error), STATUS[type(error)])
    again.remember(redis_clients.rebuildable(), token, _browser(request), person.pk)
    return _gone_on(request, person)


def _let_in_before(request: HttpRequest, token: str) -> User | None:
    """Who the form's first request made of this browser, where this is its second."""
    if request.method != "POST":
        return None
    person_id = again.recall(redis_clients.rebuildable(), token, _browser(request))
    person = User.objects.filter(pk=person_id).first() if person_id else None
    return person if person and (person.is_guest or person == request.user) else None


def _browser(request: HttpRequest) -> str:
    """Its secret of the forms, which a sign-in changes."""
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def _gone_on(request: HttpRequest, person: User) -> HttpResponse:
    if person.is_guest:
        login(request, person, backend=MODEL_BACKEND)  # a new session, with a key of its own
        messages.success(request, CARRIED)
    else:
        messages.success(request, BROUGHT)
    return redirect("home")


def _account(request: HttpRequest) -> User | None:
    person = request.user
    return person if person.is_authenticated and not person.is_guest else None


def _origin(request: HttpRequest) -> str:
    return origin_for_others(f"{request.scheme}://{request.get_host()}", settings.SITE_URL)


def _reached(request: HttpRequest) -> dict[str, object]:
    return {"only_here": is_loopback(_origin(request)), "port": settings.PORT}


def _code_page(
    request: HttpRequest, context: dict[str, object], status: int = HTTPStatus.OK
) -> HttpResponse:
    code = qr.svg(str(context["link"]))
    context = {**context, **_reached(request), "code": code}
    return render(request, "accounts/phone_code.html", context, status=status)


def _wait_s(request: HttpRequest) -> int:
    address = request.META.get("REMOTE_ADDR", "")
    return throttle.carrying_wait_s(redis_clients.rebuildable(), address)


def _too_often(request: HttpRequest, wait_s: int) -> HttpResponse:
    minutes = -(-wait_s // 60)
    sentence = (
        "Codes were made or opened too often from your address. Try again in "
        f"{minutes} minute{'s' if minutes != 1 else ''}."
    )
    response = _closed(request, sentence, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait_s)
    return response


def _closed(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "accounts/carry_closed.html", {"sentence": sentence}, status=status)
