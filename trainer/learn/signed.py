"""Amounts with a sign, as the ledger shows them: `-369`. Pure."""

import re
from typing import Final

from trainer.grading.amounts import read_amount

_SIGN: Final = re.compile(r"[-\N{MINUS SIGN}] ?(?=[\d.])")


def is_negative(text: str) -> bool:
    """Whether `text` begins with an amount below zero."""
    return _SIGN.match(text) is not None


def signed_amount(text: str, unit: str) -> float | None:
    """The one number in `text`, in the ledger's `unit`; None where there is none, or several, or
    it counts something else."""
    read = read_amount(text, unit)
    return read.value if read else None
