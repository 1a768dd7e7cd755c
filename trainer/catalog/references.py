"""Dangling references and doubled ids in the loaded parts of a pack. Pure.

A check runs only when all the parts that it reads were loaded, so that one broken file does not
make every other file look broken too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trainer.catalog.cross_checks import CHECKS
from trainer.catalog.files import TYPES, file_of
from trainer.catalog.numbers import REFERENCE
from trainer.catalog.texts import Text, texts

_BRACES: Final = re.compile(r"\{\{.*?(?:\}\}|$)")
_CODE: Final = re.compile(r"`[^`]*`")


def reference_errors(parts: Mapping[str, Any]) -> list[str]:
    """Every dangling reference and doubled id in the loaded `parts` (by their field of Pack)."""
    errors: list[str] = []
    for check in CHECKS:
        needs = [name for name in check.__annotations__ if name != "return"]
        if all(name in parts for name in needs):
            errors += check(*(parts[name] for name in needs))
    if "numbers" in parts:
        known = {number.slug for number in parts["numbers"]}
        for field, part in parts.items():
            errors += _number_references(field, part, known)
    return errors


def _number_references(field: str, part: object, known: set[str]) -> Iterator[str]:
    for text in texts(part, TYPES[field]):
        for sentence in _brace_errors(text, known):
            yield f"{file_of(field)}:{text.field}: {sentence}"


def _brace_errors(text: Text, known: set[str]) -> Iterator[str]:
    for braces in _BRACES.findall(text.value):
        match = REFERENCE.fullmatch(braces)
        if not text.is_prose:
            yield f"expected plain words, but {braces} is only for prose"
        elif match is None:
            yield f"expected {{{{n:slug}}}}, got {braces}"
        elif match.group(1) not in known:
            yield f"expected a number of numbers.yaml, but there is no {match.group(1)}"
    if any("{{n:" in code for code in _CODE.findall(text.value)):
        yield "expected numbers outside of inline code"
