"""The hits of a text with what the text says of them: asserted, denied, or muted. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.grading.offline.denial import Cue, cues
from trainer.grading.offline.hits import Found, find, mended
from trainer.grading.offline.lexicon import Lexicon
from trainer.grading.offline.muting import Mute, muted
from trainer.grading.offline.splitting import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `first` up to `last` name `concept`. `cues` deny it (an even number of them asserts
    it again); `mute` says why it asserts nothing ("" where it does)."""

    concept: str
    first: int
    last: int
    clause: int
    sentence: int
    cues: frozenset[int]
    mute: Mute = ""

    @property
    def denied(self) -> bool:
        return len(self.cues) % 2 == 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text as read against a pack's concepts. `hits` are sorted within each concept."""

    text: Text
    cues: Sequence[Cue]
    hits: Mapping[str, Sequence[Hit]]
    left_out: frozenset[int]  # sentences

    def of(self, concepts: Iterable[str]) -> list[Hit]:
        return [hit for concept in concepts for hit in self.hits.get(concept, ())]


def read(
    text: Text,
    words: Lexicon,
    wanted: frozenset[str],
    opposites: Sequence[Sequence[str]],
    left_out: frozenset[int],
) -> Evidence:
    """Which of the `wanted` concepts a text names. `left_out`: sentences that are not graded."""
    text = mended(text, words)
    denials = cues(text)
    mutes = _with_left_out(text, muted(text), left_out)
    denied_by = _denied_by(text, denials)
    hits = [_hit(text, each, denials, denied_by, mutes) for each in find(text, words, wanted)]
    hits = _one_flip_each(_without_inner(hits, opposites), opposites)
    by_concept: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_concept[hit.concept].append(hit)
    return Evidence(text, denials, by_concept, left_out)


def _with_left_out(text: Text, mutes: list[Mute], left_out: frozenset[int]) -> list[Mute]:
    for number in left_out:
        each = text.sentences[number]
        mutes[each.first : each.last] = ["left out"] * (each.last - each.first)
    return mutes


def _denied_by(text: Text, denials: Sequence[Cue]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in text.tokens]
    for number, cue in enumerate(denials):
        for at in cue.denies:
            found[at].append(number)
    return found


def _hit(
    text: Text,
    each: Found,
    denials: Sequence[Cue],
    denied_by: Sequence[Sequence[int]],
    mutes: Sequence[Mute],
) -> Hit:
    by = frozenset(
        number
        for number in denied_by[each.first]
        if not each.first <= denials[number].first < each.last
    )
    mute = mutes[each.first] or mutes[each.last - 1]
    place = (text.clause_of[each.first], text.sentence_of[each.first])
    return Hit(each.concept, each.first, each.last, *place, by, mute)


def _without_inner(hits: list[Hit], opposites: Sequence[Sequence[str]]) -> list[Hit]:
    """Of opposites that share words only the longest stands: "non-celebrity" is no celebrity."""
    dropped: set[Hit] = set()
    for group in opposites:
        mine = [hit for hit in hits if hit.concept in group]
        for one in mine:
            for two in mine:
                if one.concept != two.concept and _inside(one, two):
                    dropped.add(one)
    return [hit for hit in hits if hit not in dropped]


def _inside(one: Hit, two: Hit) -> bool:
    shorter = one.last - one.first < two.last - two.first
    return shorter and two.first <= one.first and one.last <= two.last


def _one_flip_each(hits: list[Hit], opposites: Sequence[Sequence[str]]) -> list[Hit]:
    """A cue turns round the first thing with opposites that it reaches, and no other kind of
    thing: "don't push celebrities" denies the pushing and not that they are celebrities."""
    group_of = {name: number for number, group in enumerate(opposites) for name in group}
    first: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.first):
        if hit.concept in group_of:
            for cue in hit.cues:
                first.setdefault(cue, hit)
    return [
        replace(
            hit,
            cues=frozenset(
                cue for cue in hit.cues if group_of[first[cue].concept] == group_of[hit.concept]
            ),
        )
        if hit.concept in group_of
        else hit
        for hit in hits
    ]
