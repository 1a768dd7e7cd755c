"""What is asked of a home timeline in a query string, read and bounded. Knows no world."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from trainer.resilience.faults import Faults, parse

# Longer than any real one. A value is cut off here, before anybody looks it up.
LONGEST = {
    "world": 40,
    "account": 20,
    "weights": 40,
    "faults": 200,
    "cursor": 200,
    "trace": 1,
    "limit": 3,
}
DEFAULTS = {"world": "default", "faults": "", "cursor": "", "trace": "0", "limit": "50"}
MOST = 200  # entries: a whole ranked list


class BadQuestion(ValueError):
    """The query string cannot be answered; the message says what to change."""


@dataclass(frozen=True, slots=True)
class HomeAsked:
    """`account`: an id, or a handle; `faults`: as typed, "" for none; `cursor` None for the first
    page; `limit` 1 to MOST."""

    world: str
    account: int | str
    weights: str
    faults: str
    cursor: str | None
    trace: bool
    limit: int


def read_home(given: Mapping[str, str], weights: str) -> HomeAsked:
    """The question in a query string; `weights`: which set where none is named.

    Raises BadQuestion for a name that is not known, for a missing account, and for values that are
    too long or of the wrong kind.
    """
    texts = DEFAULTS | {"weights": weights} | {name: _text(name, given[name]) for name in given}
    if not texts.get("account"):
        raise BadQuestion("No account is named: add account= with an id or a handle.")
    return HomeAsked(
        world=texts["world"],
        account=_account(texts["account"]),
        weights=texts["weights"],
        faults=texts["faults"],
        cursor=texts["cursor"] or None,
        trace=_switch("trace", texts["trace"]),
        limit=_whole("limit", texts["limit"], MOST),
    )


def read_faults(text: str, parts: Collection[str]) -> Faults:
    """`heavy:error,graph:slow:0.5`: each a part, a kind, and how many seconds slow.

    Raises BadQuestion, or BadFault for parts, kinds and delays that there are not.
    """
    written = [each.split(":") for each in text.split(",")] if text else []
    given = {part: _fault(part, *rest) for part, *rest in written}
    if len(given) < len(written):
        raise BadQuestion(f"faults={text!r} names a part twice: give one fault for each.")
    return parse(given, parts)


def _fault(part: str, kind: str = "", delay_s: str = "", *more: str) -> Mapping[str, object]:
    if not kind or more:
        raise BadQuestion(f"{part!r} has no fault: write part:error, part:hang or part:slow:0.5.")
    if not delay_s:
        return {"kind": kind}
    try:
        return {"kind": kind, "delay_s": float(delay_s)}
    except ValueError as error:
        raise BadQuestion(f"{delay_s!r} is no delay: give seconds, such as 0.5.") from error


def _text(name: str, value: str) -> str:
    if name not in LONGEST:
        raise BadQuestion(f"There is no {name[:40]!r} to ask for: use {', '.join(LONGEST)}.")
    if len(value) > LONGEST[name]:
        raise BadQuestion(f"{name}= has {len(value):,} characters: give at most {LONGEST[name]:,}.")
    return value


def _account(text: str) -> int | str:
    """Of digits alone: an id."""
    return int(text) if _is_number(text) else text


def _switch(name: str, text: str) -> bool:
    if text not in {"0", "1"}:
        raise BadQuestion(f"{name}={text!r} is neither yes nor no: give 1 or 0.")
    return text == "1"


def _whole(name: str, text: str, most: int) -> int:
    if not (_is_number(text) and 1 <= int(text) <= most):
        raise BadQuestion(f"{name}={text!r} is no such number: give 1 to {most}.")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
