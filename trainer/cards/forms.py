"""What the study page sends, as JSON or as a form, with the limits of every field."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from trainer.cards.deck.card import TOPICS
from trainer.cards.models import MOST_TAGS, TAG_LENGTH, TEXT_LIMIT
from trainer.catalog.plain_errors import plain_errors
from trainer.schedule.models import KEY_LENGTH

MOST_ANSWERS: Final = 200  # in one request
MOST_HAVE: Final = 60  # cards that a page holds
BODY_LIMIT: Final = 200_000  # bytes: every field of 200 answers at its longest

# Printable ASCII: all that a card's key is made of, and nothing that Postgres refuses. "$" is the
# very end here: pydantic's patterns know no other.
Key = Annotated[str, StringConstraints(pattern=r"^[!-~]+$", max_length=KEY_LENGTH)]
Once = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,64}$")]


def _one_kind_of_line_end(text: object) -> object:
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


# A form sends every line end as two characters; the limit is on the text as it was typed.
Text = Annotated[str, BeforeValidator(_one_kind_of_line_end), Field(max_length=TEXT_LIMIT)]
Tags = Annotated[str, Field(max_length=MOST_TAGS * (TAG_LENGTH + 2))]
Offset = Annotated[int, Field(ge=-840, le=840)]
_Form = TypeVar("_Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards: of a topic, of a tag ("": of any)."""

    topic: str = ""
    tag: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """As an address has them."""
        given = {"topic": self.topic, "tag": self.tag}
        return {name: value for name, value in given.items() if value}


def wanted(topic: str, tag: str) -> Wanted:
    """What an address or a form asks for; a topic that is none is left out."""
    is_tag = "\x00" not in tag and len(tag) <= TAG_LENGTH
    return Wanted(topic if topic in TOPICS else "", tag if is_tag else "")


class Unreadable(ValueError):
    """What was sent does not fit; the message says where."""


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GivenAnswer(_Sent):
    """`at`: by the person's clock, with its zone. `seen`: see `services.Answer`."""

    once: Once
    key: Key
    rating: Annotated[int, Field(ge=1, le=4)]
    at: AwareDatetime
    seen: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class Asking(_Sent):
    """What comes with every request: who the page was made for ("": nobody yet), which cards it
    holds, its topic and tag, and where the browser's day begins, in minutes from UTC."""

    person: Annotated[str, Field(max_length=80)] = ""
    have: Annotated[list[Key], Field(max_length=MOST_HAVE)] = []
    topic: Annotated[str, Field(max_length=40)] = ""
    tag: Annotated[str, Field(max_length=TAG_LENGTH)] = ""
    utc_offset_min: Offset | None = None

    @property
    def wanted(self) -> Wanted:
        return wanted(self.topic, self.tag)


class Answers(Asking):
    """The answers are read one by one, so that a wrong one does not hold the others up."""

    answers: Annotated[list[Any], Field(max_length=MOST_ANSWERS)]


class Undo(Asking):
    once: Once
    key: Key | None = None


class Aside(Asking):
    key: Key


class Note(Asking):
    """`was` and `was_tags`: both as the page had them, to notice that they were changed
    elsewhere."""

    key: Key
    note: Text = ""
    tags: Tags = ""
    was: Text = ""
    was_tags: Tags = ""


def read(form: type[_Form], sent: object) -> _Form:
    """Raises Unreadable."""
    try:
        return form.model_validate(sent)
    except ValidationError as error:
        raise Unreadable("; ".join(plain_errors(error, sent)) + ".") from error


def read_json(form: type[_Form], body: bytes) -> _Form:
    """Raises Unreadable."""
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        raise Unreadable("; ".join(plain_errors(error, None)) + ".") from error
