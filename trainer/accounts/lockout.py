"""What django-axes asks of us: how names are compared, and the page of who is locked out."""

import math
from datetime import datetime, timedelta

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def canonical(username: str) -> str:
    """The form in which failed sign-ins are counted: each spelling must not get its own tries."""
    return username.strip().lower()


def client_username(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """AXES_USERNAME_CALLABLE. Whose sign-in is tried: by credentials, else by the form."""
    given = credentials if credentials else request.POST
    return canonical(str(given.get("username") or ""))


def locked_page(request: HttpRequest, *_axes: object) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE. 429 with Retry-After in seconds, and a sentence with the time.

    Takes and ignores what axes passes besides the request: its sync and async paths differ.
    """
    until = _locked_until(request)
    wait_s = max(1, math.ceil((until - timezone.now()).total_seconds()))
    context = {"until": until, "minutes": math.ceil(wait_s / 60)}
    response = render(request, "accounts/locked.html", context, status=429)
    response["Retry-After"] = str(wait_s)
    response["Cache-Control"] = "no-store"
    return response


def _locked_until(request: HttpRequest) -> datetime:
    """When the last counted failure of this name from this address has cooled off."""
    credentials = getattr(request, "axes_credentials", None)
    last = (
        AccessAttempt.objects.filter(
            username=client_username(request, credentials),
            ip_address=request.META.get("REMOTE_ADDR"),
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    cool_off: timedelta = get_cool_off(request)
    return (last or timezone.now()) + cool_off
