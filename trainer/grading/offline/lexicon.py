"""All concepts of a pack, ready to be found in a text. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.grading.offline.spelling import Speller
from trainer.grading.offline.terms import (
    Atom,
    Gap,
    Of,
    Place,
    Prefix,
    Span,
    Term,
    TermError,
    Word,
    read_term,
)

_PREFIX_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a concept. One of the stems `next` must stand soon behind the first word, and one
    of each of `needs` in the sentence: nearly all terms fail by that, before they are tried."""

    concept: str
    term: Term
    next: frozenset[str] | None
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms by what they begin with: a stem, the first letters of a word, or a number.
    `of`: the terms of each concept. `speller` mends misspellings towards the words in them."""

    by_stem: Mapping[str, Sequence[Entry]]
    by_letters: Mapping[str, Sequence[Entry]]
    numbers: Sequence[Entry]
    of: Mapping[str, Sequence[Term]]
    speller: Speller


def lexicon(concepts: Mapping[str, Sequence[str]], known_words: frozenset[str]) -> Lexicon:
    """Raises TermError for a term that cannot be read. `known_words`: correct English."""
    of = {name: _terms(name, terms) for name, terms in concepts.items()}
    by_stem: dict[str, list[Entry]] = defaultdict(list)
    by_letters: dict[str, list[Entry]] = defaultdict(list)
    numbers: list[Entry] = []
    for name in of:
        for term in _opened(name, of, ()):
            for alternative in term[0]:
                entry = _entry(name, alternative, term[1:])
                match alternative[0]:
                    case Word(forms):
                        for form in sorted(forms):
                            by_stem[form].append(entry)
                    case Prefix(text):
                        by_letters[text[:_PREFIX_LETTERS]].append(entry)
                    case Span():
                        numbers.append(entry)
                    case Gap() | Of():
                        raise TermError(f"{name}: a term begins with a gap")
    words = {form: None for terms in of.values() for form in _words(terms)}
    prefixes = tuple(sorted({text for terms in of.values() for text in _prefixes(terms)}))
    return Lexicon(by_stem, by_letters, numbers, of, Speller(tuple(words), prefixes, known_words))


def _terms(name: str, terms: Sequence[str]) -> tuple[Term, ...]:
    try:
        return tuple(spelling for term in terms for spelling in read_term(term))
    except TermError as error:
        raise TermError(f"{name}: {error}") from None


def _opened(name: str, of: Mapping[str, Sequence[Term]], path: tuple[str, ...]) -> Iterator[Term]:
    """The terms of a concept; one that begins with another concept, with each of its terms."""
    if name in path:
        raise TermError(f"{name}: refers to itself by {' and '.join(path)}")
    if name not in of:
        raise TermError(f"{path[-1]}: there is no concept @{name}")
    for term in of[name]:
        for alternative in term[0]:
            if isinstance(alternative[0], Of):
                for inner in _opened(alternative[0].concept, of, (*path, name)):
                    yield (*inner, *term[1:])
            else:
                yield ((alternative,), *term[1:])


def _entry(name: str, first: tuple[Atom, ...], others: Term) -> Entry:
    after = _stems(others[0]) if others and len(first) == 1 else None
    needs = tuple(stems for place in others if (stems := _stems(place)) is not None)
    return Entry(name, ((first,), *others), after, needs)


def _stems(place: Place) -> frozenset[str] | None:
    """The stems that a place may begin with; None where others than words can fill it."""
    words = [run[0] for run in place]
    if not all(isinstance(word, Word) for word in words):
        return None
    return frozenset(form for word in words if isinstance(word, Word) for form in word.forms)


def _atoms(terms: Sequence[Term]) -> Iterator[object]:
    for term in terms:
        for place in term:
            for alternative in place:
                yield from alternative


def _words(terms: Sequence[Term]) -> Iterator[str]:
    for atom in _atoms(terms):
        if isinstance(atom, Word) and atom.text:
            yield from sorted(atom.forms)


def _prefixes(terms: Sequence[Term]) -> Iterator[str]:
    for atom in _atoms(terms):
        if isinstance(atom, Prefix):
            yield atom.text
