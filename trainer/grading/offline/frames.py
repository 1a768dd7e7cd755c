"""Whether frames hold in a text, and where: see catalog/grading_schema.py. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from trainer.catalog.grading_schema import Frame
from trainer.grading.offline.binding import Bonds
from trainer.grading.offline.reading import Evidence, Hit

# A concept whose name ends so is filled by a bare mention too.
MENTIONED: Final = "_mentioned"
Windows = Callable[[Evidence, Hit], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Need:
    """Any of `concepts` asserted, or any of `denied` denied."""

    concepts: tuple[str, ...]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledFrame:
    frame: Frame
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A frame held: one hit for each need, the nearest to each other."""

    frame: Frame
    hits: tuple[Hit, ...]

    @property
    def first(self) -> int:
        return min(hit.first for hit in self.hits)

    @property
    def last(self) -> int:
        return max(hit.last for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Held:
    """`matches`: one for each window in which the frame holds. `share` of the needs (0 to 1) is
    filled in the best window. `nearly`: why it does not hold though all is named ("")."""

    matches: tuple[Match, ...]
    share: float
    nearly: str = ""


def compile_frame(frame: Frame) -> CompiledFrame:
    return CompiledFrame(frame, tuple(_need(each) for each in frame.need))


def _need(need: str | tuple[str, ...]) -> Need:
    names = (need,) if isinstance(need, str) else need
    return Need(
        tuple(name for name in names if not name.startswith("!")),
        tuple(name[1:] for name in names if name.startswith("!")),
    )


def hold(compiled: CompiledFrame, evidence: Evidence, bonds: Bonds) -> Held:
    """Where the frame holds in the text."""
    windows = partial(_WINDOWS[compiled.frame.within], evidence)
    named = [_named(need, evidence, bonds, compiled.frame.bound) for need in compiled.needs]
    by_window = [_by_window(hits, windows) for hits in named]
    in_all = set.intersection(*(set(each) for each in by_window))
    matches: list[Match] = []
    share, nearly = _best_share(by_window), ""
    for window in sorted(in_all):
        lists = [each[window] for each in by_window]
        found = _filled(compiled, lists, evidence, bonds)
        if found is None:
            nearly = nearly or _why(lists)
        elif _spoilt(compiled.frame, window, windows, evidence):
            nearly = nearly or "said otherwise"
        else:
            matches.append(found)
    if matches:
        share = 1.0
    elif in_all:
        share = min(share, 1 - 1 / (len(compiled.needs) + 1))
    return Held(tuple(matches), share, "" if matches else nearly)


def _named(need: Need, evidence: Evidence, bonds: Bonds, bound: bool) -> list[Hit]:
    hits = evidence.of(dict.fromkeys((*need.concepts, *need.denied)))
    if bound:
        turned = [bonds.opposite(name) for name in need.concepts]
        hits += [hit for hit in evidence.of(name for name in turned if name) if hit.denied]
    return hits


def _by_window(
    hits: Sequence[Hit], windows: Callable[[Hit], tuple[int, ...]]
) -> Mapping[int, list[Hit]]:
    found: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        for window in windows(hit):
            found[window].append(hit)
    return found


def _best_share(by_window: Sequence[Mapping[int, list[Hit]]]) -> float:
    filled: dict[int, int] = defaultdict(int)
    for each in by_window:
        for window, hits in each.items():
            filled[window] += any(not hit.mute and not hit.denied for hit in hits)
    return max(filled.values(), default=0) / len(by_window)


def _spoilt(
    frame: Frame, window: int, windows: Callable[[Hit], tuple[int, ...]], evidence: Evidence
) -> bool:
    return any(
        not hit.mute and not hit.denied and window in windows(hit)
        for hit in evidence.of(frame.without)
    )


def _filled(
    compiled: CompiledFrame, lists: Sequence[Sequence[Hit]], evidence: Evidence, bonds: Bonds
) -> Match | None:
    """The hits that fill each need within one window, if they do."""
    free = _spoken_for(compiled, lists, evidence)
    filling: list[list[Hit]] = []
    for need, hits in zip(compiled.needs, lists, strict=True):
        fit = [hit for hit in hits if _fills(hit, need, free, compiled.frame.bound)]
        if not fit:
            return None
        filling.append(fit)
    if compiled.frame.bound:
        return _bound(compiled.frame, filling, bonds)
    return Match(compiled.frame, _together(filling))


def _spoken_for(
    compiled: CompiledFrame, lists: Sequence[Sequence[Hit]], evidence: Evidence
) -> frozenset[int]:
    """The cues that this frame itself accounts for: they are words of one of its hits ("avoid" in
    "avoid writes"), or deny what it wants denied. They deny nothing else in it."""
    found: set[int] = set()
    for need, hits in zip(compiled.needs, lists, strict=True):
        for hit in hits:
            wanted = hit.concept in need.denied and not need.concepts
            if wanted or hit.concept not in (*need.denied, *need.concepts):
                found |= hit.cues
    spans = [(hit.first, hit.last) for hits in lists for hit in hits if not hit.mute]
    touched = {cue for hits in lists for hit in hits for cue in hit.cues}
    for number in touched:
        cue = evidence.cues[number]
        if any(first <= cue.first and cue.last <= last for first, last in spans):
            found.add(number)
    return frozenset(found)


def _fills(hit: Hit, need: Need, free: frozenset[int], bound: bool) -> bool:
    if hit.mute and not (hit.mute == "listed" and hit.concept.endswith(MENTIONED)):
        return False
    if hit.concept in need.denied and hit.denied:
        return True
    if hit.concept in need.concepts:
        return len(hit.cues - free) % 2 == 0
    return bound and hit.denied and hit.concept not in need.denied


def _why(lists: Sequence[Sequence[Hit]]) -> str:
    """In a word, why what is named does not count."""
    for hits in lists:
        if all(hit.mute or hit.denied for hit in hits):
            return next((hit.mute for hit in hits if hit.mute), "denied")
    return "of another"


# -- choosing among the hits -------------------------------------------------


def _together(filling: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """One hit a need, as near to each other as may be."""
    chosen = (_around(anchor, filling) for anchor in filling[0])
    return min(chosen, key=lambda hits: (_extent(hits), hits[0].first))


def _around(anchor: Hit, filling: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    others = (min(hits, key=lambda hit: _apart(anchor, hit)) for hits in filling[1:])
    return (anchor, *others)


def _apart(one: Hit, two: Hit) -> tuple[int, int]:
    return abs(one.first - two.first), two.first


def _extent(hits: tuple[Hit, ...]) -> int:
    return max(hit.last for hit in hits) - min(hit.first for hit in hits)


def _bound(frame: Frame, filling: list[list[Hit]], bonds: Bonds) -> Match | None:
    """Hits of two opposites must belong together; the others stand anywhere in the window."""
    tied = [place for place, hits in enumerate(filling) if bonds.groups(hits)]
    if len(tied) < 2:
        return Match(frame, _together(filling))
    for one, two in _tied_pairs(filling[tied[0]], filling[tied[1]]):
        if bonds.bound(one, two) and not (one.denied and two.denied):
            narrowed = list(filling)
            narrowed[tied[0]], narrowed[tied[1]] = [one], [two]
            return Match(frame, _together(narrowed))
    return None


def _tied_pairs(ones: Sequence[Hit], twos: Sequence[Hit]) -> Iterator[tuple[Hit, Hit]]:
    pairs = [(one, two) for one in ones for two in twos]
    yield from sorted(pairs, key=lambda pair: (_apart(*pair), pair[0].first))


# -- windows -----------------------------------------------------------------


def _pairs(evidence: Evidence, hit: Hit) -> tuple[int, ...]:
    """A sentence is in the window that it begins and in the one that the sentence before begins."""
    sentences, at = evidence.text.sentences, hit.sentence
    if at and sentences[at - 1].paragraph == sentences[at].paragraph:
        return at - 1, at
    return (at,)


_WINDOWS: Final[Mapping[str, Windows]] = {
    "clause": lambda _, hit: (hit.clause,),
    "sentence": lambda _, hit: (hit.sentence,),
    "pair": _pairs,
    "paragraph": lambda evidence, hit: (evidence.text.sentences[hit.sentence].paragraph,),
    "text": lambda _, __: (0,),
}
