"""The terms of concepts, read from the content into what can be matched. Pure.

See catalog/grading_schema.py for how they are written.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.grading.offline.numbers import SECONDS, UNITS, readings
from trainer.grading.offline.stems import stem
from trainer.grading.offline.tokens import Token, plain, tokens

GAP_WORDS: Final = 4
_LAST_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLES: Final = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Word:
    """Any of these stems."""

    forms: frozenset[str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A number from `low` to `high`; in seconds where `unit` is "s", else in its own unit, which
    must be `unit` where one is named."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to four words in between."""


@dataclass(frozen=True, slots=True)
class Of:
    """A hit of another concept."""

    concept: str


Atom = Word | Prefix | Span | Gap | Of
# One place of a term: alternatives, each a run of atoms.
Place = tuple[tuple[Atom, ...], ...]
Term = tuple[Place, ...]


class TermError(ValueError):
    """A term that cannot be read; the message says which and why."""


def read_term(term: str) -> tuple[Term, ...]:
    """The term, and its spellings in which two neighbouring words are written as one."""
    places = tuple(place for place in _places(term) if place)
    if not places or places[0] == ((Gap(),),) or places[-1] == ((Gap(),),):
        raise TermError(f'expected a word at both ends of a term, but "{term}" has none')
    return (places, *_joined(places))


def _places(term: str) -> Iterator[Place]:
    run: list[str] = []
    chunks = term.split()
    for at, chunk in enumerate(chunks):
        if _is_plain(chunk) and not _counted_in(chunks, at - 1):
            run.append(chunk)
            continue
        yield from _run(run)
        run = []
        units = _counted_in(chunks, at)
        if units:
            yield tuple(_alternative(f"{chunk} {unit}") for unit in units)
        elif not _counted_in(chunks, at - 1):
            read = tuple(_alternative(each) for each in chunk.split("|"))
            yield tuple(each for each in read if each)
    yield from _run(run)


def _counted_in(chunks: list[str], at: int) -> tuple[str, ...]:
    """The units behind a number, where the next chunk is nothing else: "#1..5 s|sec|second*"."""
    if at < 0 or at + 1 >= len(chunks) or "#" not in chunks[at] or chunks[at][-1] == "%":
        return ()
    names = [each.rstrip("*").lower() for each in chunks[at + 1].split("|")]
    units = tuple(dict.fromkeys(UNITS.get(name, "") for name in names))
    return units if all(unit in SECONDS or unit == "%" for unit in units) else ()


def _is_plain(chunk: str) -> bool:
    return chunk != "..." and not any(sign in chunk for sign in "#@*|")


def _run(words: list[str]) -> Iterator[Place]:
    """Plain words together, so that numbers in words are read as such. Articles are dropped: they
    may stand between any two words of the text."""
    found = tokens(plain(" ".join(words)))
    if len(found) > 1:
        found = [token for token in found if token.text not in _ARTICLES or token.number]
    yield from (((_atom(token),),) for token in found)


def _alternative(text: str) -> tuple[Atom, ...]:
    if text == "...":
        return (Gap(),)
    if text.startswith("@"):
        return (Of(text[1:]),)
    if "#" in text:
        sign, _, numbers = text.partition("#")
        return (*(_atom(token) for token in tokens(plain(sign))), _span(numbers))
    found = tokens(plain(text.rstrip("*")))
    if not found:
        return ()  # a sign such as "/", which may stand between any two words
    atoms = [_atom(token) for token in found]
    if text.endswith("*"):
        atoms[-1] = Prefix(_LAST_WORD.findall(plain(text))[-1])
    return tuple(atoms)


def _atom(token: Token) -> Atom:
    if token.number and token.forms != ("50/50",):
        return Span(token.number.low, token.number.high)
    return Word(frozenset(token.forms), token.text)


def _span(text: str) -> Span:
    low, dots, high = text.partition("..")
    first, last = _bound(low, 0.0), _bound(high if dots else low, math.inf)
    unit = last[1] or first[1]
    return Span(_seconds(*first, unit), _seconds(*last, unit), "s" if unit in SECONDS else unit)


def _bound(text: str, missing: float) -> tuple[float, str]:
    if not text:
        return missing, ""
    found = readings(text)
    if len(found) != 1:
        raise TermError(f'expected a number such as 100K or 1.5s, but got "{text}"')
    return found[0].low, found[0].unit


def _seconds(value: float, unit: str, shared: str) -> float:
    return value * SECONDS.get(unit or shared, 1.0)


def _joined(places: Term) -> Iterator[Term]:
    """ "fan out" is also "fanout", and "time line" "timeline"."""
    for at in range(len(places) - 1):
        one, two = places[at], places[at + 1]
        if len(one) == len(two) == 1 and len(one[0]) == len(two[0]) == 1:
            first, second = one[0][0], two[0][0]
            if not (isinstance(first, Word) and isinstance(second, Word)):
                continue
            if first.text.isalpha() and second.text.isalpha():
                both = Word(frozenset((stem(first.text + second.text),)))
                yield (*places[:at], ((both,),), *places[at + 2 :])
