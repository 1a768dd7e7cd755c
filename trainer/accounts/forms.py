"""Forms take the fields named here and nothing else: what more a request brings is ignored."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from trainer.accounts.errors import UsernameTaken
from trainer.accounts.guests import GUEST_PREFIX
from trainer.accounts.models import USERNAME_MAX, USERNAME_RULE, User, username_shape
from trainer.accounts.validators import PASSWORD_MAX

PASSWORD_RULE = "8 to 128 characters, not a common password and not like your username."  # noqa: S105


def username_field(**options: Any) -> forms.CharField:
    widget = forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    )
    required = {"required": "Type a username."}
    return forms.CharField(
        max_length=USERNAME_MAX, widget=widget, error_messages=required, **options
    )


def password_field(label: str, autocomplete: str, **options: Any) -> forms.CharField:
    """A password field; `autocomplete` is current-password or new-password."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    required = {"required": "Type the password."}
    return forms.CharField(
        label=label,
        max_length=PASSWORD_MAX,
        strip=False,
        widget=widget,
        error_messages=required,
        **options,
    )


class SignInForm(forms.Form):
    username = username_field()
    password = password_field("Password", "current-password")


class NewPasswordForm(forms.Form):
    """A new password, typed twice and checked against `person`'s name."""

    new_password = password_field("New password", "new-password", help_text=PASSWORD_RULE)
    repeated = password_field("New password again", "new-password")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        password, repeated = data.get("new_password"), data.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", "The two passwords differ. Type the same one twice.")
        elif password:
            self._check_rules(password)
        return data

    def _check_rules(self, password: str) -> None:
        try:
            validate_password(password, self.person)
        except ValidationError as error:
            self.add_error("new_password", error)


class SignUpForm(NewPasswordForm):
    username = username_field(help_text=USERNAME_RULE, validators=[username_shape])
    field_order = ["username", "new_password", "repeated"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, person=User(), **kwargs)
        self.fields["new_password"].label = "Password"
        self.fields["repeated"].label = "Password again"

    def clean_username(self) -> str:
        username = cast(str, self.cleaned_data["username"])
        if username.lower().startswith(GUEST_PREFIX):
            raise ValidationError(f"Names that begin with {GUEST_PREFIX} are for guests.")
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(str(UsernameTaken()))
        self.person.username = username  # the password must not be like it
        return username


class ChangePasswordForm(NewPasswordForm):
    current_password = password_field("Current password", "current-password")
    field_order = ["current_password", "new_password", "repeated"]


class DeleteForm(forms.Form):
    """An account is deleted with its password; a guest has none."""

    current_password = password_field("Current password", "current-password")


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=[(name, name) for name in ("light", "dark", "system")])
