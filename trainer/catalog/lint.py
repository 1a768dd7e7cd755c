"""Finding bare numbers in prose: a number belongs into the ledger and is named `{{n:slug}}`. Pure.

Not a number of the ledger, and so left alone:
- inline code and the address of a link;
- a digit inside a name (`p99`, `H3`);
- a label of which there are a few, counted by the pack: "Level 2", "Step 3", "Phase 1";
- a year from 2001 to 2039 that stands alone;
- the marker of a numbered list at the start of a line.
Small counts are written in words ("three options"). numbers.yaml is the ledger itself: what its
sources say is quoted there with their own figures.
"""

import re
from typing import Final

from trainer.catalog.files import TYPES, file_of
from trainer.catalog.numbers import REFERENCE
from trainer.catalog.schema import Number, Pack
from trainer.catalog.texts import texts

_NOT_LINTED: Final = {"numbers", "sources"}
_ALLOWED: Final = (
    REFERENCE,
    re.compile(r"`[^`]*`"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"(?m)^\s*\d+\. "),
    re.compile(r"\b(?:Level|Step|Phase|level|step|phase) \d\b"),
    re.compile(r"\b20(?:0[1-9]|[123]\d)\b(?![.,]?\d|[%\w])"),
)
# Digits that do not continue a name, with what belongs to the figure: "1,500", "13.5x", "50%".
_BARE: Final = re.compile(r"(?<![A-Za-z0-9_])\d[\d.,]*(?<![.,])(?:%|\s?[KMBT]\b|x\b|\+)?")


def bare_numbers(text: str) -> list[str]:
    """The bare numbers in a piece of prose, in order: "500M tweets" holds "500M"."""
    for allowed in _ALLOWED:
        text = allowed.sub(" ", text)
    return [match.group() for match in _BARE.finditer(text)]


def lint(pack: Pack) -> list[str]:
    """A line `file:field: expected ...` for every bare number in the pack's prose."""
    lines = []
    for field in TYPES.keys() - _NOT_LINTED:
        for text in texts(getattr(pack, field), TYPES[field]):
            for bare in bare_numbers(text.value) if text.is_prose else ():
                hint = _hint(bare, pack.numbers)
                lines.append(f'{file_of(field)}:{text.field}: expected {hint} in place of "{bare}"')
    return sorted(lines)


def _hint(bare: str, numbers: tuple[Number, ...]) -> str:
    same = [f"{{{{n:{each.slug}}}}}" for each in numbers if each.text.split()[0] == bare]
    return " or ".join(same[:3]) or "{{n:slug}} (a new number of numbers.yaml), or words,"
