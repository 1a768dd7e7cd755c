"""Guests: people who have not signed up. One is made at the first POST and kept by the cookie."""

import secrets
from datetime import date, timedelta

from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from trainer.accounts.models import User

GUEST_PREFIX = "guest-"  # sign-up refuses it, so no account can pass for a guest
IDLE_DAYS = 30  # as long as the session cookie lives (SESSION_COOKIE_AGE)
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def ensure_user(request: HttpRequest) -> User:
    """Return who is here; make and log in a guest if nobody is known yet.

    Raises RuntimeError when that would make a guest on a reading request: crawlers and link
    previews must leave no rows behind.
    """
    if request.user.is_authenticated:
        return request.user
    if request.method in SAFE_METHODS:
        raise RuntimeError("A guest is made at the first POST only; use request.user in a GET.")
    guest = User.objects.create(
        username=GUEST_PREFIX + secrets.token_hex(8), password=make_password(None), is_guest=True
    )
    login(request, guest, backend=MODEL_BACKEND)
    return guest


def kept_until(guest: User) -> date:
    """The day on which this guest is deleted unless they come back before."""
    return guest.last_seen_on + timedelta(days=IDLE_DAYS)


def delete_idle_guests(today: date, batch_size: int) -> int:
    """Delete up to `batch_size` guests not seen for 30 days, with all their rows.

    Returns how many went; 0 means none is left. A guest whose row is locked (coming back, signing
    up) is left for the next run. Signed-up accounts are never touched.
    """
    with transaction.atomic():
        idle = (
            User.objects.select_for_update(skip_locked=True)
            .filter(is_guest=True, last_seen_on__lte=today - timedelta(days=IDLE_DAYS))
            .order_by("last_seen_on")[:batch_size]
        )
        ids = [guest.pk for guest in idle]
        User.objects.filter(pk__in=ids).delete()
    return len(ids)
