"""How near free text comes to each question: to its nearest wording, and to its words at large."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from trainer.interviews.matching.spelling import Speller
from trainer.interviews.matching.words import stem, telling_words

UNKNOWN = 0.7  # the weight of a word that the bank lacks, as a share of the rarest word's
EVIDENCE = 0.3  # the share of the words at large in the score
SAME = 0.9999  # a cosine from which the words are the same
SURELY = 0.008  # a word in fewer wordings than this share tells little of any question
MOST_WORDS = 200  # of a sentence: a longer one comes near to no wording, and would take long
LEAST_WEIGHT = 0.15  # as evidence, of a word that all questions have


class Index:
    """The wordings of a bank, so kept that a sentence is compared only with those that share a
    word with it."""

    def __init__(self, wordings: Mapping[str, Sequence[str]]) -> None:
        worded = [(id_, telling_words(text)) for id_, texts in wordings.items() for text in texts]
        self._speller = Speller(word for _, words in worded for word in words)
        self._stemmed = [(id_, tuple(dict.fromkeys(map(stem, words)))) for id_, words in worded]
        self._rarest = math.log(1 + len(wordings))
        self._weights = self._rarity(len(wordings))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (_, stems) in enumerate(self._stemmed):
            for term, weight in self._vector(stems).items():
                self._postings[term].append((number, weight))
        self._telling = self._tell()

    def stems(self, text: str) -> list[str]:
        """The stems of `text`, each once, with slips of the keyboard put right; of the
        first 200 words."""
        words = telling_words(text)[:MOST_WORDS]
        return list(dict.fromkeys(map(self._known, words)))

    def scores(self, stems: Sequence[str]) -> dict[str, float]:
        """How near the stems come to each question that shares one with them, 0 to 1. What stands
        in the bank word for word is that question, however common its words are."""
        evidence = self._evidence(stems)
        return {
            id_: 1.0 if cosine > SAME else cosine + EVIDENCE * (evidence[id_] - cosine)
            for id_, cosine in self._cosines(stems).items()
        }

    def _known(self, word: str) -> str:
        short = stem(word)
        return short if short in self._weights else stem(self._speller.meant(word))

    def _rarity(self, questions: int) -> dict[str, float]:
        having: dict[str, set[str]] = defaultdict(set)
        for id_, stems in self._stemmed:
            for term in stems:
                having[term].add(id_)
        return {term: math.log(1 + questions / len(ids)) for term, ids in having.items()}

    def _vector(self, stems: Iterable[str]) -> dict[str, float]:
        weights = {term: self._weights.get(term, UNKNOWN * self._rarest) for term in stems}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()}

    def _cosines(self, stems: Iterable[str]) -> dict[str, float]:
        """With the nearest wording of each question."""
        cosines: dict[int, float] = defaultdict(float)
        for term, weight in self._vector(stems).items():
            for number, other in self._postings.get(term, ()):
                cosines[number] += weight * other
        nearest: dict[str, float] = {}
        for number, cosine in cosines.items():
            id_ = self._stemmed[number][0]
            nearest[id_] = max(cosine, nearest.get(id_, 0.0))
        return nearest

    def _evidence(self, stems: Iterable[str]) -> dict[str, float]:
        """The share of the stems, by weight, that speak for each question."""
        for_each: dict[str, float] = defaultdict(float)
        total = 0.0
        for term in stems:
            shares = self._telling.get(term, {})
            weight = LEAST_WEIGHT + sum(share * share for share in shares.values())
            total += weight if shares else UNKNOWN
            for id_, share in shares.items():
                for_each[id_] += weight * share
        return {id_: weight / total for id_, weight in for_each.items()}

    def _tell(self) -> dict[str, dict[str, float]]:
        """How far each stem speaks for each question: by how many of its wordings have it."""
        of_question = Counter(id_ for id_, _ in self._stemmed)
        having: dict[str, Counter[str]] = defaultdict(Counter)
        for id_, stems in self._stemmed:
            for term in stems:
                having[term][id_] += 1
        return {term: _shares(counts, of_question) for term, counts in having.items()}


def _shares(counts: Mapping[str, int], of_question: Mapping[str, int]) -> dict[str, float]:
    rates = {id_: count / of_question[id_] for id_, count in counts.items()}
    whole = sum(rates.values()) + SURELY
    return {id_: rate / whole for id_, rate in rates.items()}
