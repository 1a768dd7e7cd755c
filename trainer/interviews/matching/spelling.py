"""Words of the bank behind those that were typed wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

LEAST = 5  # letters from which a word may be a misspelt other: of shorter ones too many are alike
MOST = 20  # letters: the deletions of a word grow with the square of its length


class Speller:
    """Finds the word that one slip away is in the bank: a letter more, less, other or swapped.

    Two such words become equal by leaving out one letter of each at most, so all words of the bank
    are kept under what is left of them.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._often = Counter(words)
        self._under: dict[str, set[str]] = defaultdict(set)
        for word in filter(_has_room, self._often):
            for left in _one_less(word):
                self._under[left].add(word)

    def meant(self, word: str) -> str:
        """The likeliest word of the bank, or `word` itself. The first letter is taken as right."""
        if word in self._often or not _has_room(word):
            return word
        near = {other for left in _one_less(word) for other in self._under.get(left, ())}
        alike = (other for other in near if other[0] == word[0])
        return max(alike, key=lambda other: (self._often[other], other), default=word)


def _has_room(word: str) -> bool:
    return LEAST <= len(word) <= MOST


def _one_less(word: str) -> Iterator[str]:
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))
