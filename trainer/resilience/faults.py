"""Faults that somebody asked for, as values: a part that is slow, fails, or never answers.

They travel with the request, so nobody else's request has them.
"""

import math
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["slow", "error", "hang"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
HANG_S: Final = 10.0  # "never", for whoever has 1.5 s; the thread is not lost for ever
LONGEST_DELAY_S: Final = 10.0


class InjectedFault(Exception):
    """The part failed because somebody asked it to."""


class BadFault(ValueError):
    """A fault that cannot be injected. `str(error)`: the value and the remedy."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`delay_s`: of a slow part, above 0 and up to 10 s; 0 of the others. BadFault if not."""

    kind: Kind
    delay_s: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadFault(f"{str(self.kind)[:40]!r} is no fault: use one of {', '.join(KINDS)}.")
        if self.kind != "slow" and self.delay_s:
            raise BadFault(f"A fault {self.kind!r} has no delay: leave delay_s out.")
        if self.kind == "slow" and not 0 < self.delay_s <= LONGEST_DELAY_S:
            raise BadFault(
                f"A delay of {self.delay_s} s: give more than 0 and at most {LONGEST_DELAY_S:.0f}."
            )


class Faults(Mapping[str, Fault]):
    """By a part's name. Never changed; equal when they say the same."""

    __slots__ = ("_by_part",)

    def __init__(self, by_part: Mapping[str, Fault] | None = None) -> None:
        self._by_part = dict(by_part or {})

    def __getitem__(self, part: str) -> Fault:
        return self._by_part[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_part)

    def __len__(self) -> int:
        return len(self._by_part)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_part.items()))

    def __repr__(self) -> str:
        return f"Faults({self._by_part!r})"

    def strike(self, part: str, stop: threading.Event | None = None) -> None:
        """What has been asked of this part, if anything. See `strike`."""
        if part in self._by_part:
            strike(self._by_part[part], part, stop)


NONE: Final = Faults()


def strike(fault: Fault, part: str, stop: threading.Event | None = None) -> None:
    """A slow part waits and goes on; the others raise InjectedFault: at once, or after hanging for
    HANG_S. `stop` ends any wait when it is set."""
    if fault.kind == "error":
        raise InjectedFault(f"{part} fails: the fault 'error' was injected.")
    (stop or threading.Event()).wait(fault.delay_s if fault.kind == "slow" else HANG_S)
    if fault.kind == "hang":
        raise InjectedFault(f"{part} did not answer: the fault 'hang' was injected.")


def parse(given: object, parts: Collection[str]) -> Faults:
    """Faults from outside: {part: {"kind": ..., "delay_s": ...}}, of the named parts only.
    BadFault when it is anything else."""
    if not isinstance(given, Mapping):
        raise BadFault('Faults are written {"<part>": {"kind": "slow", "delay_s": 0.5}}.')
    for part in given:
        if part not in parts:
            known = ", ".join(sorted(parts))
            raise BadFault(f"There is no part {str(part)[:40]!r}: use one of {known}.")
    return Faults({part: _fault(fault) for part, fault in given.items()})


def _fault(given: object) -> Fault:
    if not isinstance(given, Mapping) or not {"kind"} <= set(given) <= {"kind", "delay_s"}:
        raise BadFault(f"{str(given)[:40]!r} is no fault: give its kind, and delay_s if slow.")
    kind, delay_s = given["kind"], given.get("delay_s", 0.0)
    is_number = isinstance(delay_s, int | float) and not isinstance(delay_s, bool)
    if not (is_number and math.isfinite(delay_s)):
        raise BadFault(f"{str(delay_s)[:40]!r} is no delay: give seconds as a number.")
    if not isinstance(kind, str):
        raise BadFault(f"{str(kind)[:40]!r} is no fault: use one of {', '.join(KINDS)}.")
    return Fault(kind, float(delay_s))  # type: ignore[arg-type]  # Fault checks the kind
