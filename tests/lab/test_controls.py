"""What a visitor types into a lab's controls."""

import pytest

from trainer.catalog.lab_schema import Control, Option
from trainer.lab.controls import BadValue, read

THRESHOLD = Control(
    id="threshold", label="Threshold", kind="whole", default=100, low=0, high=200_000
)
SHARE = Control(id="share", label="Share", kind="number", default=0.5, low=0, high=1)
KIND = Control(
    id="kind",
    label="Kind",
    kind="choice",
    default="slow",
    options=(Option(id="slow", label="Slow"), Option(id="hang", label="Hang")),
)
WHO = Control(id="account", label="Account", kind="account", default="")


@pytest.mark.parametrize(
    ("typed", "value"), [("100000", 100_000), ("100,000", 100_000), ("100k", 100_000), (" 0 ", 0)]
)
def test_a_whole_number_is_read_as_people_write_it(typed: str, value: int) -> None:
    assert read(THRESHOLD, typed) == value


@pytest.mark.parametrize(
    ("control", "typed", "says"),
    [
        (THRESHOLD, "-5", "'-5' does not fit: give a whole number from 0 to 200,000."),
        (THRESHOLD, "many", "'many' does not fit: give a whole number from 0 to 200,000."),
        (THRESHOLD, "", "'' does not fit: give a whole number from 0 to 200,000."),
        (THRESHOLD, "1.5", "'1.5' is not whole: give a whole number from 0 to 200,000."),
        (THRESHOLD, "200001", "'200001' is out of range: give a whole number from 0 to 200,000."),
        (SHARE, "inf", "'inf' does not fit: give a number from 0 to 1."),
        (SHARE, "1.2", "'1.2' is out of range: give a number from 0 to 1."),
        (KIND, "fast", "'fast' is not on offer: choose one of Slow, Hang."),
        (WHO, "x" * 201, "That has 201 characters: give at most 200."),
        (WHO, "a\0b", "That holds a character that cannot be stored (NUL): remove it."),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(
    control: Control, typed: str, says: str
) -> None:
    with pytest.raises(BadValue) as refused:
        read(control, typed)
    assert str(refused.value) == says


def test_an_account_is_kept_as_it_was_typed() -> None:
    assert read(WHO, " @Ada ") == "@Ada"
