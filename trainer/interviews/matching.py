"""Which question of the bank a candidate asked, from free text. Pure and deterministic.

Sentences are compared with every wording of every question by the cosine of their stemmed words,
rare words counting more (inverse document frequency over the questions of the bank).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

THRESHOLD = 0.46  # the least cosine at which a sentence counts as the question
STRICT = 0.72  # the same where a wrong match would accuse: a question not to ask
MOST_CLAUSES = 6  # of a sentence, compared one by one
MOST_QUESTIONS = 20  # of one message: matching runs under the interview's lock

_OPENERS = (
    "what|whats|what's|how|who|when|where|why|which|should|shall|is|are|am|do|does|did|can|could|"
    "would|will|may|might|any|must|has|have"
)
_SPLIT = re.compile(
    rf"(?<=[.?!;])\s+|\n+|,?\s+(?:and|also|plus|then)\s+(?=(?:{_OPENERS})\b)", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")  # long runs of it would make _SPLIT quadratic
_ASKS = re.compile(
    rf"\?\s*$|^(?:(?:and|so|also|ok|okay|well|but)[,\s]+)*(?:{_OPENERS})\b"
    r"|\b(?:i wonder|wondering|tell me|i'd like to (?:know|ask|clarify)|can i assume|clarify)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s-+\s|[,:;()\u2013\u2014]")  # with the dashes that phones set
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SUFFIXES = ("ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "er", "ly", "s", "y")
_STOP = frozenset(
    re.findall(
        r"\S+",
        "a an and the to of in on at by for with from as it its this that these those i i'd we "
        "you your my our me us be is are am was were do does did so just also or if about into "
        "there please would could should shall can will may might must have has need want think "
        "any",
    )
)


@dataclass(frozen=True)
class Match:
    """The question `id` was asked, with a cosine of `score` (0 to 1)."""

    id: str
    score: float


def questions_in(text: str) -> list[str]:
    """The sentences of `text` that ask something, each once; the first 20 of them."""
    lines = _SPACE.sub(lambda space: "\n" if "\n" in space.group() else " ", text)
    parts = (part.strip() for part in _SPLIT.split(lines))
    asking = dict.fromkeys(part for part in parts if part and _ASKS.search(part))
    return list(asking)[:MOST_QUESTIONS]


def stems(text: str) -> list[str]:
    """The words of `text` without stop words, cut to a crude stem."""
    words = _WORD.findall(text.lower())
    return [_stem(word) for word in words if word not in _STOP]


def _stem(word: str) -> str:
    bare = word.split("'")[0]
    cut = (bare.removesuffix(suffix) for suffix in _SUFFIXES if bare.endswith(suffix))
    return next((short for short in cut if len(short) >= 4), bare.removesuffix("s"))


def _whole_and_clauses(sentence: str) -> list[list[str]]:
    """The stems of the sentence, and of its clauses where there is more to them than one word:
    who thinks aloud ("Before I draw, how many users?") asks in one of them."""
    clauses = [stems(clause) for clause in _CLAUSE.split(sentence)[:MOST_CLAUSES]]
    return [stems(sentence), *(clause for clause in clauses if len(clause) > 1)]


@dataclass(frozen=True)
class Bank:
    """The wordings of each question, by question id; `strict` ones must match more closely."""

    wordings: Mapping[str, tuple[str, ...]]
    strict: frozenset[str] = frozenset()

    @cached_property
    def _idf(self) -> dict[str, float]:
        seen = Counter(
            stem
            for wordings in self.wordings.values()
            for stem in {stem for wording in wordings for stem in stems(wording)}
        )
        return {stem: math.log(1 + len(self.wordings) / count) for stem, count in seen.items()}

    @cached_property
    def _vectors(self) -> list[tuple[str, dict[str, float]]]:
        return [
            (id_, self._vector(stems(wording)))
            for id_, wordings in self.wordings.items()
            for wording in wordings
        ]

    def _vector(self, words: Iterable[str]) -> dict[str, float]:
        unknown = math.log(1 + len(self.wordings))  # as rare as a word can be
        weights = {word: self._idf.get(word, unknown) for word in dict.fromkeys(words)}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()}

    def match(self, sentence: str) -> Match | None:
        """The question that `sentence` asks, or None when no wording comes near enough."""
        if not self.wordings:
            return None
        scored = (
            Match(id_, sum(weight * asked.get(word, 0.0) for word, weight in vector.items()))
            for asked in map(self._vector, _whole_and_clauses(sentence))
            for id_, vector in self._vectors
        )
        near = (match for match in scored if match.score >= self._least(match.id))
        return max(near, key=lambda match: match.score, default=None)

    def _least(self, id_: str) -> float:
        return STRICT if id_ in self.strict else THRESHOLD
