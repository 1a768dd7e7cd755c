"""Walking over all texts of a pack, each with its field and whether it is prose. Pure."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from trainer.catalog.fields import PROSE


class Text(NamedTuple):
    """A text of a pack: `field` as in error messages, such as `[t1].good_answer[0].text`."""

    field: str
    value: str
    is_prose: bool


def texts(part: object, hint: Any) -> Iterator[Text]:
    """Every text in `part` (a model, or a tuple or dict of such), whose type is `hint`."""
    yield from _walk(part, hint, "", False)


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _walk(value: object, hint: Any, field: str, is_prose: bool) -> Iterator[Text]:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        yield from _walk(value, inner, field, is_prose or PROSE in marks)
    elif get_origin(hint) in (Union, UnionType):
        if value is not None:
            chosen = next(each for each in get_args(hint) if each is not type(None))
            yield from _walk(value, chosen, field, is_prose)
    elif isinstance(value, str):
        yield Text(field, value, is_prose)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            name = getattr(item, "slug", None) or getattr(item, "id", None) or index
            yield from _walk(item, get_args(hint)[0], f"{field}[{name}]", is_prose)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, get_args(hint)[1], _join(field, str(key)), is_prose)
    elif isinstance(value, BaseModel):
        for name, inner in _hints(type(value)).items():
            yield from _walk(getattr(value, name), inner, _join(field, name), is_prose)


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name
