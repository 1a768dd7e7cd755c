"""Which number of the ledger the words right beside a figure name. Pure.

"250M DAU", "DAU is about 250M", "a threshold of 100K followers": between the figure and the name
stand none but small words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from trainer.catalog.schema import Number, Pack
from trainer.catalog.signals_schema import Naming
from trainer.grading.offline.word_lists import word_set

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
    r"too (?:low|high)|lower|raise|rather|percent|half|quarter|third|"
    r"of (?:them|these|those|which))\b|n't\b|\d+x\b|%",
    re.IGNORECASE,
)
# A claim of the whole has none but such words beside figure and name: any other may say of which
# part, place, product or year it is ("100M DAU in Asia", "when we hit 1B DAU").
_PLAIN = word_set(
    "we have has had there are is was it it's its that's this i i'd i'll i'm i've we've you they "
    "with at of the our a an about around roughly approx approximately some nearly almost circa "
    "over total all together overall global globally worldwide today currently now given take use "
    "using get gets got gives pick choose set put be to ok okay yes well also plus mine ours my "
    "main usual call"
)
_CLAUSE = re.compile(
    r",(?!\d)|[;()\u2013\u2014\u2192]|->|\s-\s|\b(?:and|so|but|because|then|while|which)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


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
    plain = not _guarded(before, after, naming) and _of_the_whole(
        before, after, _PLAIN | _own_words(naming, numbers[0], pack.slug)
    )
    return Named(numbers, naming.factor, guarded=not plain)


def _follows(naming: Naming, after: str) -> bool:
    return _patterns(naming.names)[1].match(after) is not None


def _leads(naming: Naming, before: str) -> bool:
    """Whether the name stands before the figure, and is not that of another one ahead of it."""
    found = _patterns(naming.names)[0].search(before)
    return found is not None and not _FIGURE_AHEAD.search(before[: found.start()])


def _guarded(before: str, after: str, naming: Naming) -> bool:
    unless = _words(naming.unless)
    around = f"{before} {after}"
    return bool(_GUARD.search(around) or (unless and unless.search(around)))


def _of_the_whole(before: str, after: str, plain: frozenset[str]) -> bool:
    """Whether the clause says nothing but the figure and its name, and is no aside: nothing of the
    same sentence goes on after it, and what leads to it is another figure or as plain."""
    *lead, near = _CLAUSE.split(before)
    far, *rest = _CLAUSE.split(after)
    if not _said(near) <= plain or not _said(far) <= plain:
        return False
    last = lead[-1] if lead else ""
    leads = any(char.isdigit() for char in last) or _said(last) <= plain
    aside = bool(rest) and before[: len(before) - len(near)].rstrip().endswith((",", "("))
    return leads and not aside


def _said(text: str) -> set[str]:
    return {word.lower().replace("\u2019", "'") for word in _WORD.findall(text)}


def _own_words(naming: Naming, number: Number, slug: str) -> set[str]:
    """Those of the number and of the product itself."""
    return _said(" ".join((*naming.names, number.label, number.unit, slug)))


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
