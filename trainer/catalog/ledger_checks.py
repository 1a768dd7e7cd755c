"""What the ledger and the contradictions in what is taught say of themselves. Pure.

Every function in CHECKS reads the parts that its parameters name, and yields lines of the form
`file:field: expected ...`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from trainer.catalog.drill_schema import SpotPair
from trainer.catalog.schema import Contradiction, Number


def _stories(numbers: tuple[Number, ...]) -> Iterator[str]:
    """A contested number says what is contested; a story of any other would be read by nobody."""
    for number in numbers:
        where = f"numbers.yaml:[{number.slug}].story"
        if number.status == "contested" and number.story is None:
            yield f"{where}: expected who says what, and what to say, as the number is contested"
        if number.status != "contested" and number.story is not None:
            yield f"{where}: expected none, as the number is {number.status} and not contested"


def _contradictions(
    contradictions: tuple[Contradiction, ...], numbers: tuple[Number, ...]
) -> Iterator[str]:
    file = "contradictions.yaml"
    known = {number.slug for number in numbers}
    for id_, times in Counter(case.id for case in contradictions).items():
        if times > 1:
            yield f"{file}:[{id_}]: expected it once, but {id_} is there {times} times"
    for case in contradictions:
        for slug, times in Counter(case.numbers).items():
            where = f"{file}:[{case.id}].numbers"
            if slug not in known:
                yield f"{where}: expected a number of numbers.yaml, but there is no {slug}"
            elif times > 1:
                yield f"{where}: expected {slug} once, but it is there {times} times"


def _spotted(
    contradictions: tuple[Contradiction, ...], spot: tuple[SpotPair, ...]
) -> Iterator[str]:
    pairs = {pair.id for pair in spot}
    for case in contradictions:
        where = f"contradictions.yaml:[{case.id}].item"
        if case.item and not case.drill:
            yield f"{where}: expected a drill beside it"
        if case.item and case.drill == "spot" and case.item not in pairs:
            yield f"{where}: expected a pair of spot.yaml, but there is no {case.item}"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_stories, _contradictions, _spotted)
