"""Which hits of opposites belong together: of "celebrities are pulled, the others pushed" the
celebrities and the pulling. Pure."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise, permutations
from typing import Final

from trainer.grading.offline.reading import Evidence, Hit
from trainer.grading.offline.splitting import Text

_MOST_PAIRED: Final = 4
_BREAK: Final = 3  # a comma or an "and" keeps two words apart like so many words


class Bonds:
    """The opposites of one text. A denied hit counts as its opposite where there are just two."""

    def __init__(self, opposites: Sequence[Sequence[str]], evidence: Evidence) -> None:
        self._groups = opposites
        self._group_of = {name: at for at, group in enumerate(opposites) for name in group}
        self._hits: Mapping[int, list[Hit]] = {
            at: sorted(
                (hit for hit in evidence.of(group) if not hit.mute), key=lambda hit: hit.first
            )
            for at, group in enumerate(opposites)
        }
        self._places = _places(evidence.text)
        self._known: dict[tuple[Hit, int], str] = {}

    def opposite(self, concept: str) -> str:
        """The only opposite of a concept ("" for none, or for several)."""
        group = self._groups[at] if (at := self._group_of.get(concept, -1)) >= 0 else ()
        return next((name for name in group if name != concept), "") if len(group) == 2 else ""

    def groups(self, hits: Sequence[Hit]) -> bool:
        """Whether any of these are hits of something that has opposites."""
        return any(hit.concept in self._group_of for hit in hits)

    def bound(self, one: Hit, two: Hit) -> bool:
        """Whether each belongs to the other, or to one of its kind that says the same. What has no
        opposites is free."""
        first, second = self._group_of.get(one.concept), self._group_of.get(two.concept)
        if first is None or second is None or first == second:
            return True
        return self._partner(one, second) == self._says(two) and (
            self._partner(two, first) == self._says(one)
        )

    def _says(self, hit: Hit) -> str:
        return (self.opposite(hit.concept) or hit.concept) if hit.denied else hit.concept

    def _partner(self, hit: Hit, group: int) -> str:
        """What the hit of another group that belongs to `hit` says: of those in its clause, else
        in its sentence, the one paired with it; else the nearest."""
        key = (hit, group)
        if key not in self._known:
            self._known[key] = self._paired(hit, group) or self._nearest(hit, group)
        return self._known[key]

    def _nearest(self, hit: Hit, group: int) -> str:
        near = min(self._hits[group], key=lambda other: self._far(hit, other), default=None)
        return self._says(near) if near else ""

    def _far(self, hit: Hit, other: Hit) -> tuple[int, int, int]:
        """In the clause first, then in the sentence, then before, then behind."""
        if hit.clause == other.clause:
            place = 0
        elif hit.sentence == other.sentence:
            place = 1 if other.first < hit.first else 2
        else:
            place = 3 if other.first < hit.first else 4
        return place, self._apart(hit, other), other.first

    def _apart(self, one: Hit, two: Hit) -> int:
        return abs(self._places[one.first] - self._places[two.first])

    def _paired(self, hit: Hit, group: int) -> str:
        """ "Lazy loading for stars, eager delivery for the rest": as many of one kind as of the
        other are paired so that the distances are least in sum. "" where they are not as many."""
        own = self._hits[self._group_of[hit.concept]]
        for same in (_same_clause, _same_sentence):
            ours = self._runs([each for each in own if same(hit, each)])
            theirs = self._runs([each for each in self._hits[group] if same(hit, each)])
            if theirs:
                break
        if len(ours) != len(theirs) or not 2 <= len(ours) <= _MOST_PAIRED:
            return ""
        best = min(permutations(theirs), key=lambda order: self._total(ours, order))
        at = next((at for at, run in enumerate(ours) if hit in run), None)
        return "" if at is None else self._says(best[at][0])

    def _runs(self, hits: Sequence[Hit]) -> list[list[Hit]]:
        """Hits in a row that say the same, as one."""
        runs: list[list[Hit]] = []
        for hit in hits:
            if runs and self._says(runs[-1][0]) == self._says(hit):
                runs[-1].append(hit)
            else:
                runs.append([hit])
        return runs

    def _total(self, ours: Sequence[list[Hit]], theirs: Sequence[list[Hit]]) -> int:
        return sum(
            min(self._apart(a, b) for a in one for b in two)
            for one, two in zip(ours, theirs, strict=True)
        )


def _same_clause(one: Hit, two: Hit) -> bool:
    return one.clause == two.clause


def _same_sentence(one: Hit, two: Hit) -> bool:
    return one.sentence == two.sentence


def _places(text: Text) -> list[int]:
    """Of every token, its place in words, where commas and "and" count as some."""
    steps = [0]
    for before, token in pairwise(text.tokens):
        gap = text.lower[before.end : token.start]
        apart = token.text in ("and", "but") or any(sign in gap for sign in ",;/")
        steps.append(1 + _BREAK * apart)
    return list(accumulate(steps))
