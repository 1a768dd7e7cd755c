"""The bank of questions, and the one that a sentence asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.interviews.matching.index import Index
from trainer.interviews.matching.sentences import clauses

THRESHOLD = 0.45  # the least score at which a sentence counts as the question
STRICT = 0.6  # the same where a wrong match would accuse: a question not to ask


@dataclass(frozen=True)
class Match:
    """The question `id` was asked, with a score of `score` (0 to 1)."""

    id: str
    score: float


@dataclass(frozen=True)
class Bank:
    """The wordings of each question, by question id; `strict` ones must match more closely."""

    wordings: Mapping[str, tuple[str, ...]]
    strict: frozenset[str] = frozenset()

    @cached_property
    def _index(self) -> Index:
        return Index(self.wordings)

    def match(self, sentence: str) -> Match | None:
        """The question that `sentence` asks, or None when no wording comes near enough."""
        if not self.wordings:
            return None
        whole = self._near(self._index.scores(self._index.stems(sentence)))
        near = whole + self._in_clauses(sentence)
        best = max(near, key=lambda match: match.score, default=None)
        if best and best.id in self.strict and best not in whole:
            # "I assume 300M users, does that sound right?" asks for the users, not for praise.
            rest = (match for match in near if match.id not in self.strict)
            return max(rest, key=lambda match: match.score, default=best)
        return best

    def _in_clauses(self, sentence: str) -> list[Match]:
        """What is near to a clause that has more to it than one word."""
        stemmed = map(self._index.stems, clauses(sentence))
        return [
            match
            for stems in stemmed
            if len(stems) > 1
            for match in self._near(self._index.scores(stems))
        ]

    def _near(self, scores: Mapping[str, float]) -> list[Match]:
        return [Match(id_, score) for id_, score in scores.items() if score >= self._least(id_)]

    def _least(self, id_: str) -> float:
        return STRICT if id_ in self.strict else THRESHOLD
