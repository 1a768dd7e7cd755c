"""What a form brought: texts by field, kept to the letter but for line ends. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TEXT_LIMIT = 20_000  # characters in one field


class Refused(Exception):
    """The command does not fit the round; the message says why and what to do."""


class TooLong(Refused):
    """A text over the limit: nothing was stored, nothing was cut."""


@dataclass(frozen=True)
class Typed:
    """The fields of a form; each may have been given several times."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The field's last value; "" where it is missing."""
        values = self.fields.get(name, ())
        return values[-1] if values else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value, as of ticked boxes."""
        return tuple(self.fields.get(name, ()))

    def needed(self, name: str, sentence: str) -> str:
        """The field's text. Raises Refused with the sentence where there is none."""
        text = self.one(name)
        if not text.strip():
            raise Refused(sentence)
        return text


def normalised(text: str) -> str:
    """Line ends are one character here."""
    return text.replace("\r\n", "\n")


def check(typed: Typed) -> None:
    """Raises Refused for what cannot be stored, TooLong for what is over the limit."""
    for text in (text for texts in typed.fields.values() for text in texts):
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Refused(
                "The text holds a character that cannot be stored: an empty one, or half of an "
                "emoji. Nothing was sent; take it out and try again."
            )
        if len(text) > TEXT_LIMIT:
            raise TooLong(
                f"That is {len(text):,} characters; the limit is {TEXT_LIMIT:,}. "
                "Nothing was cut and nothing was sent: shorten it and send it again."
            )
