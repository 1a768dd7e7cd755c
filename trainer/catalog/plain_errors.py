"""pydantic's errors in plain words: `[dau].value: expected a number, got "many"`. Pure."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_KINDS: Final = {
    "missing": "this key, but it is missing",
    "extra_forbidden": "a known key: correct its spelling or remove it",
    "string_type": "text (put quotes around a number)",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
}
_LIMITS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "literal_error": lambda context: context["expected"],
    "string_pattern_mismatch": lambda context: f"text of the form {context['pattern']}",
    "string_too_short": lambda context: f"at least {context['min_length']} character(s)",
    "string_too_long": lambda context: f"at most {context['max_length']} characters",
    "too_short": lambda context: f"at least {context['min_length']} item(s)",
    "too_long": lambda context: f"at most {context['max_length']} items",
    "greater_than": lambda context: f"more than {context['gt']}",
    "greater_than_equal": lambda context: f"at least {context['ge']}",
    "less_than": lambda context: f"less than {context['lt']}",
    "less_than_equal": lambda context: f"at most {context['le']}",
}
_TELLING: Final = 40  # characters of a wrong value that are shown


def plain_errors(error: ValidationError, raw: object) -> list[str]:
    """One line for each error: the field in `raw`, and what was expected there."""
    lines = []
    for each in error.errors(include_url=False):
        field = field_name(each["loc"], raw)
        expectation = f"expected {_expectation(each)}"
        lines.append(f"{field}: {expectation}" if field else expectation)
    return list(dict.fromkeys(lines))


def field_name(location: Sequence[int | str], raw: object) -> str:
    """`numbers -> 3 -> value` as `[dau].value`: an item of a list is named by its own id."""
    name = ""
    for step in location:
        if isinstance(raw, list) and isinstance(step, int):
            raw = raw[step] if step < len(raw) else None
            name += f"[{_own_id(raw) or step}]"
        else:
            raw = raw.get(step) if isinstance(raw, dict) else None
            name += f".{step}" if name else str(step)
    return name


def _own_id(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    own = item.get("slug") or item.get("id")
    return own if isinstance(own, str) else None


def _expectation(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind in _LIMITS:
        wanted = _LIMITS[kind](error.get("ctx", {}))
    else:
        wanted = _KINDS.get(kind, f"something else ({error['msg']})")
    if kind in {"missing", "extra_forbidden"}:
        return wanted
    got = repr(error["input"])
    shown = got if len(got) <= _TELLING else f"{got[:_TELLING]}..."
    return f"{wanted}, got {shown}"


def placed(file: str, line: str) -> str:
    """`file:field: expected ...`, or `file: expected ...` for the file as a whole."""
    return f"{file}: {line}" if line.startswith("expected") else f"{file}:{line}"
