"""Which number of the ledger the words right beside a figure name. Pure.

"250M DAU", "DAU is about 250M", "a threshold of 100K followers": between the figure and the name
stand none but small words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from trainer.catalog.schema import Number, Pack
from trainer.catalog.signals_schema import Naming

_SMALL = (
    r"(?:is|are|was|of|at|about|around|roughly|approx(?:imately)?|some|say|be|the|our|a|an|to|set|"
    r"over|nearly|almost|circa|followers?|fans|global|twitter's|=|:|~|\(|\)|≈)"
)
_BETWEEN = rf"\s*(?:{_SMALL}\s*){{0,4}}"
_FIGURE_AHEAD = re.compile(rf"\d[\w.,]*{_BETWEEN}$", re.IGNORECASE)
# A sentence that supposes, asks, compares or denies does not claim.
_GUARD = re.compile(
    r"\?|\b(?:if|suppos\w*|imagin\w*|assum\w*|say|would|could|should|might|maybe|perhaps|until|once|"
    r"grow\w*|later|future|x|times|scal\w+|instead|not|never|no|than|versus|vs|unlike|per region|"
    r"too (?:low|high)|lower|raise|rather)\b|n't\b|\d+x\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """The `numbers` that the words may mean, the likeliest first; a value within the `factor` of
    one of them is not wrong. `guarded`: the sentence makes no plain claim."""

    numbers: tuple[Number, ...]
    factor: float
    guarded: bool


def named_beside(sentence: str, start: int, end: int, pack: Pack) -> Named | None:
    """What is named beside characters `start` to `end`; None where nothing is."""
    before, after = sentence[:start], sentence[end:]
    namings = pack.signals.names
    naming = next((each for each in namings if _follows(each, after)), None) or next(
        (each for each in namings if _leads(each, before)), None
    )
    if naming is None:
        return None
    slugs = (naming.number, *naming.also)
    numbers = tuple(pack.ledger[slug] for slug in slugs)
    return Named(numbers, naming.factor, _guarded(sentence, naming))


def _follows(naming: Naming, after: str) -> bool:
    return _patterns(naming.names)[1].match(after) is not None


def _leads(naming: Naming, before: str) -> bool:
    """Whether the name stands before the figure, and is not that of another one ahead of it."""
    found = _patterns(naming.names)[0].search(before)
    return found is not None and not _FIGURE_AHEAD.search(before[: found.start()])


def _guarded(sentence: str, naming: Naming) -> bool:
    unless = _words(naming.unless)
    return bool(_GUARD.search(sentence) or (unless and unless.search(sentence)))


@lru_cache(maxsize=64)
def _words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    any_word = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{any_word})(?!\w)", re.IGNORECASE) if words else None


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The name at the end of what stands before the figure; at the start of what follows it."""
    any_name = "|".join(re.escape(name) for name in names)
    return (
        re.compile(rf"(?<!\w)(?:{any_name}){_BETWEEN}$", re.IGNORECASE),
        re.compile(rf"{_BETWEEN}(?:{any_name})(?!\w)", re.IGNORECASE),
    )
