"""Who studies. To the page they are an opaque name, by which it keeps unsent answers apart."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from trainer.accounts.models import User

_SALT = "trainer.cards.person"


def person(request: HttpRequest) -> User | None:
    """Who is here; None before a guest was made."""
    return request.user if isinstance(request.user, User) else None


def name_of(user: User | None) -> str:
    """The opaque name: of a guest it says that they are one; "" for nobody."""
    if user is None:
        return ""
    name = salted_hmac(_SALT, str(user.pk)).hexdigest()[:24]
    return f"guest-{name}" if user.is_guest else name


def is_still(made_for: str, user: User | None) -> bool:
    """Whether a page that was made for `made_for` may act for who is here now. A page made for
    nobody may act for the guest that its first answer made, but not for an account."""
    if made_for == "":
        return user is None or user.is_guest
    return made_for == name_of(user)
