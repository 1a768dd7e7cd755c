"""Where a text names the concepts of a pack. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trainer.grading.offline.lexicon import Entry, Lexicon
from trainer.grading.offline.splitting import Text
from trainer.grading.offline.terms import GAP_WORDS, Atom, Gap, Of, Prefix, Span, Term, Word
from trainer.grading.offline.tokens import ARROW, Token
from trainer.grading.offline.verbs import FILLERS

_SKIPPED: Final = 3  # little words that may stand between two words of a term
_LETTERS: Final = 3
_DENIALS: Final = frozenset(("not", "no", "never", "without", "instead", "nor"))
_SIGNS: Final = frozenset((">", "<", "=", "x", "times"))


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Tokens `first` up to `last` (not included) name a concept."""

    first: int
    last: int
    concept: str


def mended(text: Text, words: Lexicon) -> Text:
    """The text with misspelt words read as the pack's."""
    return replace(text, tokens=[_mended(token, words) for token in text.tokens])


def _mended(token: Token, words: Lexicon) -> Token:
    better = words.speller.mend(token.text) if token.number is None else None
    return replace(token, forms=(*token.forms, better)) if better else token


def find(text: Text, words: Lexicon, wanted: frozenset[str]) -> list[Found]:
    """Every hit of the `wanted` concepts, sorted; of one concept's hits inside each other only the
    longest."""
    matcher = _Matcher(text, words)
    found: set[Found] = set()
    for sentence in text.sentences:
        said = text.tokens[sentence.first : sentence.last]
        forms = [frozenset((*token.forms, token.joined)) for token in said]
        everything = frozenset().union(*forms)
        for place, token in enumerate(said):
            soon = frozenset().union(*forms[place + 1 : place + 3 + _SKIPPED])
            at = sentence.first + place
            for entry in _beginning(token, words):
                if entry.concept not in wanted:
                    continue
                if entry.next is not None and entry.next.isdisjoint(soon):
                    continue
                if any(need.isdisjoint(everything) for need in entry.needs):
                    continue
                end = matcher.term(entry.term, at)
                if end is not None:
                    found.add(Found(at, end, entry.concept))
    return sorted(_outermost(found))


def _beginning(token: Token, words: Lexicon) -> Iterator[Entry]:
    """The terms that may begin with a token."""
    forms = {*token.forms, token.joined} - {""}
    for form in sorted(forms):
        yield from words.by_stem.get(form, ())
    for letters in sorted({each[:_LETTERS] for each in (*forms, token.text)}):
        yield from words.by_letters.get(letters, ())
    if token.number is not None:
        yield from words.numbers


def _outermost(found: set[Found]) -> Iterator[Found]:
    """Sorted by concept and place, one that ends no later than an earlier one lies inside it."""
    concept, last = "", -1
    for each in sorted(found, key=lambda hit: (hit.concept, hit.first, -hit.last)):
        if each.concept != concept:
            concept, last = each.concept, -1
        if each.last > last:
            last = each.last
            yield each


class _Matcher:
    """Matches terms at places of one text, and remembers the concepts asked for inside others."""

    def __init__(self, text: Text, words: Lexicon) -> None:
        self._tokens: Sequence[Token] = text.tokens
        self._limits = [text.sentences[number].last for number in text.sentence_of]
        self._words = words
        self._little = _little(text.tokens)
        self._known: dict[tuple[str, int], int | None] = {}

    def term(self, term: Term, at: int) -> int | None:
        """The place behind the term where it begins at `at`, or None."""
        return self._places(term, 0, at, self._limits[at], first=True)

    def _places(self, term: Term, place: int, at: int, limit: int, first: bool) -> int | None:
        if place == len(term):
            return at
        if isinstance(term[place][0][0], Gap):
            for skipped in range(GAP_WORDS + 1):
                end = self._places(term, place + 1, at + skipped, limit, first=True)
                if end is not None or self._denies(at + skipped, limit):
                    return end
            return None
        for start in self._starts(at, limit, first):
            for alternative in term[place]:
                for behind in self._run(alternative, start, limit):
                    end = self._places(term, place + 1, behind, limit, first=False)
                    if end is not None:
                        return end
        return None

    def _starts(self, at: int, limit: int, first: bool) -> range:
        """Here, or behind some little words."""
        if at >= limit or first:
            return range(at, min(at + 1, limit))
        return range(at, min(at + self._little[at] + 1, limit))

    def _denies(self, at: int, limit: int) -> bool:
        """A gap does not hide a denial: "celebrities are not pushed" is no "celebrity ... push"."""
        return at >= limit or self._tokens[at].forms[0] in _DENIALS

    def _run(self, atoms: Sequence[Atom], at: int, limit: int) -> tuple[int, ...]:
        ends = self._atom(atoms[0], at, limit)
        for atom in atoms[1:]:
            moved: list[int] = []
            for end in ends:
                for start in self._starts(end, limit, first=False):
                    moved += self._atom(atom, start, limit)
            ends = tuple(dict.fromkeys(moved))
        return ends

    def _atom(self, atom: Atom, at: int, limit: int) -> tuple[int, ...]:
        """The places behind the atom where it matches at `at`."""
        token = self._tokens[at]
        match atom:
            case Word(forms):
                if any(form in forms for form in token.forms):
                    return (at + 1,)
                return (at + 2,) if token.joined in forms and at + 2 <= limit else ()
            case Prefix(text):
                if token.text.startswith(text) or any(f.startswith(text) for f in token.forms):
                    return (at + 1,)
                return (at + 2,) if token.joined.startswith(text) and at + 2 <= limit else ()
            case Span():
                return self._span(atom, token, at, limit)
            case Of(concept):
                end = self._concept(concept, at, limit)
                return () if end is None else (end,)
            case Gap():
                return (at,)

    def _span(self, span: Span, token: Token, at: int, limit: int) -> tuple[int, ...]:
        number = token.number
        if number is None:
            return ()
        if span.unit == "s":
            values = number.seconds
        elif span.unit and span.unit != number.unit:
            values = None
        else:
            values = (number.low, number.high)
        if values is None or not any(span.low <= value <= span.high for value in values):
            return ()
        with_unit = number.unit_end > number.end and at + 2 <= limit
        return (at + 2, at + 1) if span.unit and with_unit else (at + 1,)

    def _concept(self, name: str, at: int, limit: int) -> int | None:
        """The longest hit of a concept that begins here."""
        key = (name, at)
        if key not in self._known:
            self._known[key] = None  # a concept inside itself ends here
            terms = self._words.of.get(name, ())
            ends = (self._places(term, 0, at, limit, first=True) for term in terms)
            self._known[key] = max((end for end in ends if end is not None), default=None)
        return self._known[key]


def _little(tokens: Sequence[Token]) -> list[int]:
    """How many little words stand in a row from each token on, up to what may be skipped."""
    found = [0] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.text in FILLERS or token.text in _SIGNS or token.forms[0] == ARROW:
            found[at] = min(found[at + 1] + 1, _SKIPPED)
    return found
