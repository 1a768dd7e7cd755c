"""`manage.py changepassword`, for somebody who lost theirs."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from trainer.accounts.models import User

NEW = "quiet-lantern-over-water-7"

pytestmark = pytest.mark.django_db


def test_the_name_may_be_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user(username="Night.Before", password="old-lantern-over-water-7")
    monkeypatch.setattr(getpass, "getpass", lambda prompt: NEW)  # the terminal
    call_command("changepassword", "night.before")
    assert User.objects.get(username="Night.Before").check_password(NEW)


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("changepassword", "nobody")
