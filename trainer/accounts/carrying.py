"""Carrying a guest to one more device: a link that is good for ten minutes and works once.

Only guests are carried. An account has a password, which is the safer way in on the other device.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from trainer.accounts.errors import CarryingClosed, NotToBeCarried, UnknownCarrying
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import Carrying, User
from trainer.lib.tokens import hashed, new_token

GOOD_FOR: Final = timedelta(minutes=10)
KEPT_FOR: Final = timedelta(days=1)  # so long a late visitor is told what happened to the link
AGAIN: Final = "Make a new code on the other device: You, then Continue on your phone."


def offer(guest: User, now: datetime) -> tuple[Carrying, str]:
    """A new link for `guest`, and its token, which is told this once. It ends the links made
    before that nobody used. Raises NotToBeCarried for an account."""
    with transaction.atomic():
        locked = _lock(guest.pk).get(guest.pk)
        if locked is None or not locked.is_guest:
            raise NotToBeCarried("You have an account now: sign in with it on your phone.")
        Carrying.objects.filter(person=locked, used_at=None).delete()
        token = new_token()
        made = Carrying.objects.create(
            token_hash=hashed(token), person=locked, expires_at=now + GOOD_FOR
        )
    return made, token


def look_up(token: str, now: datetime) -> Carrying:
    """The open link of `token`, with its guest. Raises UnknownCarrying or CarryingClosed."""
    rows = Carrying.objects.select_related("person")
    found = rows.filter(token_hash=hashed(token)).first()
    if found is None:
        raise UnknownCarrying(
            f"No code has this link. It may be cut off, or a newer code took its place. {AGAIN}"
        )
    _check_open(found, now)
    return found


def carry(token: str, here: User | None, now: datetime) -> User:
    """Use the link up. Who this device is from now on: the guest of the link; or `here`, where
    that is an account, into which the guest's work moves. The work of a guest who was `here`
    moves to the guest of the link.

    Raises UnknownCarrying or CarryingClosed, with nothing changed.
    """
    found = look_up(token, now)
    with transaction.atomic():
        # People first, as in a merge and a deletion: taken in another order, two would wait for
        # each other.
        people = _lock(found.person_id, *([here.pk] if here else []))
        locked = Carrying.objects.select_for_update().filter(pk=found.pk).first()
        guest = people.get(found.person_id)
        if locked is None or guest is None:
            raise CarryingClosed(f"This link has just been used or withdrawn. {AGAIN}")
        locked.person = guest
        _check_open(locked, now)
        Carrying.objects.filter(pk=locked.pk).update(used_at=now)
        return _together(guest, people.get(here.pk) if here else None)


def purge(now: datetime) -> int:
    """Delete links that ended more than a day ago. How many went."""
    gone, _ = Carrying.objects.filter(
        Q(expires_at__lt=now - KEPT_FOR) | Q(used_at__lt=now - KEPT_FOR)
    ).delete()
    return gone


def _together(guest: User, here: User | None) -> User:
    """One person of the two, both locked."""
    if here is None or here == guest:
        return guest
    if here.is_guest:
        merge_guest(here.pk, guest.pk)
        return guest
    merge_guest(guest.pk, here.pk)
    return here


def _lock(*ids: int) -> dict[int, User]:
    return User.objects.select_for_update().order_by("pk").in_bulk(ids)


def _check_open(carrying: Carrying, now: datetime) -> None:
    if carrying.used_at is not None:
        raise CarryingClosed(f"This link was used; it works once. {AGAIN}")
    if carrying.expires_at <= now:
        raise CarryingClosed(f"This link was good for ten minutes, which are over. {AGAIN}")
    if not carrying.person.is_guest:
        raise CarryingClosed(
            "The guest of this link has an account by now. Sign in with it on this device."
        )
