from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.core.management.base import CommandError

from trainer.accounts.models import User


class Command(changepassword.Command):
    help = "Asks for a new password of an account. The name may be in any case, as at sign-in."

    def handle(self, *args: Any, **options: Any) -> str | None:
        if name := options["username"]:
            options["username"] = _spelled(name)
        return super().handle(*args, **options)


def _spelled(name: str) -> str:
    """The name as its owner wrote it at sign-up."""
    try:
        return User.objects.get_by_natural_key(name).username
    except User.DoesNotExist as error:
        raise CommandError(f"There is no account {name}: check the name.") from error
