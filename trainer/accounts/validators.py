from django.core.exceptions import ValidationError

PASSWORD_MAX = 128


class MaximumLengthValidator:
    """Refuses a password of more than 128 characters: hashing a book is a way to tire a server."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        if len(password) > PASSWORD_MAX:
            raise ValidationError(
                f"This password has {len(password)} characters. Use at most {PASSWORD_MAX}.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return f"At most {PASSWORD_MAX} characters."
