"""What a language model must reply: for each point one boolean and one quote. Pure."""

from collections.abc import Iterable
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trainer.grading.llm.errors import BadReply

MOST_POINTS: Final = 500  # of a reply; more than any rubric has
UNUSABLE: Final = "The language model's reply could not be used."


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Judgement(_Strict):
    """Of one point."""

    id: str
    covered: bool
    quote: str


class Reply(_Strict):
    points: Annotated[list[Judgement], Field(max_length=MOST_POINTS)]


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    """Of the server's answer what is read; a refusal has no content."""

    choices: Annotated[list[_Choice], Field(min_length=1)]


def response_format(ids: Iterable[str]) -> dict[str, Any]:
    """The strict JSON schema of a Reply on these points, as the server wants it named."""
    judgement = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "enum": list(ids)},
            "covered": {"type": "boolean"},
            "quote": {"type": "string"},
        },
        "required": ["id", "covered", "quote"],
        "additionalProperties": False,
    }
    reply = {
        "type": "object",
        "properties": {"points": {"type": "array", "items": judgement}},
        "required": ["points"],
        "additionalProperties": False,
    }
    return {
        "type": "json_schema",
        "json_schema": {"name": "judgements", "strict": True, "schema": reply},
    }


def read(body: bytes) -> Reply:
    """The reply in a server's answer. Raises BadReply."""
    try:
        choice = _Completion.model_validate_json(body).choices[0]
        if choice.finish_reason not in (None, "stop"):
            raise BadReply(UNUSABLE)  # cut off in the middle, or filtered
        return Reply.model_validate_json(choice.message.content or "")
    except ValidationError:
        raise BadReply(UNUSABLE) from None  # its text would hold the reply's
