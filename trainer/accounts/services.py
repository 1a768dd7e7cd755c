"""The verbs of this room. Callers have checked the form and, where needed, the password."""

from axes.utils import reset
from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from psycopg.errors import UniqueViolation

from trainer.accounts.errors import UsernameTaken
from trainer.accounts.forgetting import forget
from trainer.accounts.guests import MODEL_BACKEND
from trainer.accounts.lockout import canonical
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User


def sign_up(request: HttpRequest, username: str, password: str) -> User:
    """Make an account and sign in. A guest's own row becomes the account, so nothing moves.

    Raises UsernameTaken, with nothing changed.
    """
    try:
        with transaction.atomic():
            account = _locked_guest(request) or User()
            account.username = username
            account.is_guest = False
            account.set_password(password)
            account.save()
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise UsernameTaken from error
        raise
    login(request, account, backend=MODEL_BACKEND)  # a new session: the old key is worth nothing
    return account


def sign_in(request: HttpRequest, account: User) -> None:
    """Sign in to `account`, taking along what the guest of this session has done."""
    if request.user.is_authenticated and request.user.is_guest:
        merge_guest(request.user.pk, account.pk)
    login(request, account, backend=MODEL_BACKEND)


def sign_out(request: HttpRequest) -> None:
    """End this session. A guest cannot come back; their rows are purged when idle long enough."""
    logout(request)


def change_password(request: HttpRequest, account: User, password: str) -> None:
    """Set the password. Every other session of the account ends; this one gets a new key."""
    account.set_password(password)
    account.save(update_fields=["password"])
    update_session_auth_hash(request, account)


def delete_person(request: HttpRequest, person: User) -> None:
    """Delete the person and every row that points at them, for good. All their sessions end."""
    with transaction.atomic():
        for locked in User.objects.select_for_update().filter(pk=person.pk):
            forget(locked)
            locked.delete()
        reset(username=canonical(person.username))  # failed sign-ins are kept by name
    logout(request)


def _locked_guest(request: HttpRequest) -> User | None:
    """The guest of this session, locked; None if there is none or another tab was first."""
    if not request.user.is_authenticated:
        return None
    guests = User.objects.select_for_update().filter(is_guest=True)
    return guests.filter(pk=request.user.pk).first()
