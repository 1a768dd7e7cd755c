"""What is known of one point in one text, as numbers for the model. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trainer.catalog.grading_schema import Frame
from trainer.grading.offline.binding import Bonds
from trainer.grading.offline.frames import Held, Match, hold
from trainer.grading.offline.reading import Evidence
from trainer.grading.offline.rubric import CompiledPoint
from trainer.grading.offline.similarity import Likeness

NAMES: Final = (
    "full",
    "more",
    "tight",
    "weak",
    "share",
    "similar",
    "margin",
    "similar_there",
    "margin_there",
    "against",
    "nearly",
    "distinct",
    "denying",
    "turned",
)
_TIGHT: Final = {"clause": 1.0, "sentence": 0.9, "pair": 0.5, "paragraph": 0.2, "text": 0.0}
_DIGITS: Final = 6
_OF_ALL: Final = ("m", "tr")


@dataclass(frozen=True, slots=True)
class Findings:
    """`features` in the order of NAMES. `match` is the frame that carries the decision; `sentences`
    (first and last) are where the text is nearest to the examples. `nearly`: why what is named does
    not count (""). `opposite`: a frame that asserts the opposite;
    `contrary`: of how many sisters (t1.1, t1.2, ...) the text says the opposite; `affirmed`: how
    many of the group it says."""

    features: tuple[float, ...]
    match: Match | None
    sentences: tuple[int, int]
    nearly: str
    opposite: Match | None
    contrary: int = 0
    affirmed: int = 0

    def with_stance(self, denying: float, turned: float) -> "Findings":
        """The last two features, which are of the whole text: of what it names, the share that it
        denies or rejects; of its points, the share of which it says the opposite."""
        stance = (round(denying, _DIGITS), round(turned, _DIGITS))
        return replace(self, features=(*self.features[: -len(stance)], *stance))

    @property
    def vetoed(self) -> bool:
        """Whether the opposite is asserted, and the point itself nowhere else."""
        return self.opposite is not None and not self.of("full")

    def of(self, name: str) -> float:
        return self.features[NAMES.index(name)]


def findings(
    point: CompiledPoint, evidence: Evidence, bonds: Bonds, likeness: Likeness
) -> Findings:
    """What the text shows of a point."""
    held = [hold(frame, evidence, bonds) for frame in point.frames]
    against = [m for each in point.against for m in hold(each, evidence, bonds).matches]
    strong = [each for each in held if not _weak(point, held, each)]
    standing = _standing([m for each in strong for m in each.matches], against)
    hints = [m for each in held if _weak(point, held, each) for m in each.matches]
    hints = _standing(hints, against)
    best = _best(standing or hints, point, likeness)
    there = likeness.at(point.id, _sentence_range(best)) if best else (0.0, 0.0)
    similar, margin, sentences = likeness.best(point.id)
    full = bool(standing)
    values = (
        float(full),
        min(len({id(m.frame) for m in standing}) - 1, 2) / 2 if full else 0.0,
        _TIGHT[best.frame.within] if full and best else 0.0,
        float(bool(hints)),
        1.0 if full else max((each.share for each in strong), default=0.0),
        similar,
        margin,
        *there,
        float(bool(against)),
        float(not full and any(each.nearly for each in strong)),
        likeness.distinct(point.id),
        0.0,
        0.0,
    )
    nearly = next((each.nearly for each in strong if each.nearly), "")
    return Findings(
        tuple(round(value, _DIGITS) for value in values),
        best,
        _sentence_range(best) if best else sentences,
        nearly,
        min(against, key=lambda match: match.first, default=None),
    )


def _weak(point: CompiledPoint, held: Sequence[Held], each: Held) -> bool:
    place = next(at for at, other in enumerate(held) if other is each)
    return point.frames[place].frame.weak


def _standing(matches: Sequence[Match], against: Sequence[Match]) -> list[Match]:
    """The matches that no assertion of the opposite overlaps."""
    spans = [_sentence_range(each) for each in against]
    return [
        each for each in matches if not any(_overlap(_sentence_range(each), span) for span in spans)
    ]


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _sentence_range(match: Match) -> tuple[int, int]:
    """The first and the last sentence of a match."""
    numbers = [hit.sentence for hit in match.hits]
    return min(numbers), max(numbers)


def _best(matches: Sequence[Match], point: CompiledPoint, likeness: Likeness) -> Match | None:
    """The match in the tightest window; among those the one most like the examples."""

    def rank(match: Match) -> tuple[float, float, int, int]:
        similar, _ = likeness.at(point.id, _sentence_range(match))
        return _tightness(match.frame), similar, -(match.last - match.first), -match.first

    return max(matches, key=rank, default=None)


def _tightness(frame: Frame) -> float:
    return _TIGHT[frame.within]


def with_stance(found: Mapping[str, Findings], evidence: Evidence) -> dict[str, Findings]:
    """The findings, each with how the text as a whole stands to what it names."""
    hits = [hit for each in evidence.hits.values() for hit in each]
    against = sum(hit.denied or hit.mute in ("rejected", "struck out") for hit in hits)
    vetoed = sum(each.vetoed for each in found.values())
    affirmed = sum(each.of("full") > 0 for each in found.values())
    denying, turned = against / max(len(hits), 1), vetoed / max(vetoed + affirmed, 1)
    return {point: each.with_stance(denying, turned) for point, each in found.items()}


def with_contrary(found: Mapping[str, Findings]) -> dict[str, Findings]:
    """The findings, each with what the text says of its sisters. Mistakes avoided and trade-offs
    named (m.1, tr.1, ...) are of all questions, and no sisters."""
    vetoed = Counter(_group(point) for point, each in found.items() if each.vetoed)
    affirmed = Counter(_group(point) for point, each in found.items() if each.of("full"))
    return {
        point: each
        if _group(point) in _OF_ALL
        else replace(
            each,
            contrary=vetoed[_group(point)] - each.vetoed,
            affirmed=affirmed[_group(point)],
        )
        for point, each in found.items()
    }


def _group(point: str) -> str:
    return point.partition(".")[0]
