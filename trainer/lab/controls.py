"""The values that a visitor typed into a lab's controls, read and bounded. Pure."""

from collections.abc import Mapping

from trainer.catalog.lab_schema import Control, Lab
from trainer.lab.given import Value
from trainer.lab.showing.typed import read_amount

LONGEST = 200  # characters, of what anybody types


class BadValue(ValueError):
    """A value that a control does not take; the message says which it takes."""


def read_all(lab: Lab, typed: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, str]]:
    """(values, errors) by control; what was not sent has its default."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for control in lab.controls:
        try:
            given = typed.get(control.id)
            values[control.id] = control.default if given is None else read(control, given)
        except BadValue as error:
            errors[control.id] = str(error)
    return values, errors


def read(control: Control, typed: str) -> Value:
    """One value. Raises BadValue."""
    typed = typed.strip()
    if len(typed) > LONGEST:
        raise BadValue(f"That has {len(typed):,} characters: give at most {LONGEST}.")
    if "\0" in typed:
        raise BadValue("That holds a character that cannot be stored (NUL): remove it.")
    if control.kind == "choice":
        return _choice(control, typed)
    return _number(control, typed) if control.kind in {"whole", "number"} else typed


def _choice(control: Control, typed: str) -> str:
    if typed not in {option.id for option in control.options}:
        known = ", ".join(option.label for option in control.options)
        raise BadValue(f"{typed[:40]!r} is not on offer: choose one of {known}.")
    return typed


def _number(control: Control, typed: str) -> Value:
    kind = "whole number" if control.kind == "whole" else "number"
    wanted = f"give a {kind}{_range(control)}"
    try:
        value = read_amount(typed)
    except ValueError:
        raise BadValue(f"{typed[:40]!r} does not fit: {wanted}.") from None
    if control.kind == "whole" and value != int(value):
        raise BadValue(f"{typed[:40]!r} is not whole: {wanted}.")
    low, high = control.low, control.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise BadValue(f"{typed[:40]!r} is out of range: {wanted}.")
    return int(value) if control.kind == "whole" else value


def _range(control: Control) -> str:
    low, high = (None if each is None else f"{each:,.10g}" for each in (control.low, control.high))
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f", {low} or more" if low is not None else f", at most {high}" if high else ""
