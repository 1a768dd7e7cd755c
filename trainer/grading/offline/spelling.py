"""Mending misspellings towards the words that a pack knows. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from trainer.grading.offline.stems import stem

_ONE_FROM, _TWO_FROM = 5, 9  # letters from which one and two slips are mended
_PREFIX_FROM: Final = 6
_CACHED: Final = 4096


class Speller:
    """`words`: stems of the pack; `prefixes`: how words of the pack begin; `known`: English words,
    which are never mended ("friend" is no slip for "trend")."""

    def __init__(
        self, words: Sequence[str], prefixes: tuple[str, ...], known: frozenset[str]
    ) -> None:
        self._words = frozenset(words)
        self._prefixes = prefixes
        self._known = known | frozenset(stem(word) for word in known)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _ONE_FROM - 1 and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str | None:
        """The pack's word (a stem) that `word` (lower case) was meant to be; None if it is right,
        or too far from all."""
        form = stem(word)
        if len(word) < _ONE_FROM or not word.isalpha() or form in self._words:
            return None
        if word in self._known or form in self._known or word.startswith(self._prefixes):
            return None
        if word not in self._mended:
            if len(self._mended) >= _CACHED:
                self._mended.clear()
            self._mended[word] = self._nearest(form, 2 if len(word) >= _TWO_FROM else 1)
        return self._mended[word] or None

    def _nearest(self, form: str, limit: int) -> str:
        near = [
            (slips, other)
            for other in self._by_letter.get(form[0], ())
            if abs(len(other) - len(form)) <= limit
            and (slips := distance(form, other, limit)) <= limit
        ]
        return min(near)[1] if near else self._prefix(form)

    def _prefix(self, form: str) -> str:
        """The beginning of a word that the pack knows only so, one slip off."""
        return next((each for each in self._prefixes if _begins(form, each)), "")


def _begins(form: str, prefix: str) -> bool:
    if len(prefix) < _PREFIX_FROM or form[0] != prefix[0] or len(form) < len(prefix) - 1:
        return False
    near = range(len(prefix) - 1, len(prefix) + 2)
    return any(distance(form[:end], prefix, 1) <= 1 for end in near)


def distance(one: str, two: str, limit: int) -> int:
    """How many letters are dropped, added, changed or swapped with their neighbour; `limit` + 1
    where there are more than `limit`."""
    before: list[int] = []
    last = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(two, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
