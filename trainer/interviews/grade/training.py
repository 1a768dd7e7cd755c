"""What to train next: three links at most, from what was weakest. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from trainer.interviews.grade.material import Material
from trainer.interviews.grade.mistakes import Found
from trainer.interviews.grade.signals import Scored
from trainer.interviews.grade.verdict import PASSES
from trainer.interviews.report.times import count
from trainer.interviews.report.topics import Topic

MOST: Final = 3
ENOUGH: Final = 0.6  # the share of a topic's points from which it needs no drill


@dataclass(frozen=True, slots=True)
class Training:
    """A drill or a lab by its slug; `item` is what it begins with. `why` is a sentence."""

    kind: Literal["drill", "lab"]
    slug: str
    why: str
    item: str = ""


def trainings(
    material: Material, scored: Iterable[Scored], mistakes: Iterable[Found]
) -> tuple[Training, ...]:
    """By the weakest signals first; each drill and lab once, and one lab at most."""
    weak = sorted(
        (each for each in scored if each.score is not None), key=lambda each: each.score or 0
    )
    found: list[Training] = []
    for each in weak:
        if each.signal.drill == TRAPS:
            found += _of_topics(material)
        elif each.signal.drill and (each.score or 0) < PASSES:
            found.append(Training("drill", each.signal.drill, _why(each)))
    found += _of_figures(material)
    found += _of_mistakes(material, mistakes)
    found += [  # of a signal that passes as a whole, what holds it down
        Training("drill", each.signal.drill, _why(each))
        for each in weak
        if each.signal.drill not in (None, TRAPS) and each.weakest and each.weakest.score < PASSES
    ]
    return _few(found)


TRAPS: Final = "traps"  # the drill whose items are the pack's traps
FIGURES: Final = "under-fire"  # the drill of numbers


def _why(scored: Scored) -> str:
    weakest = scored.weakest
    return (
        f"{scored.signal.name}: {weakest.said}."
        if weakest
        else f"{scored.signal.name}: {scored.why}"
    )


def _of_topics(material: Material) -> Iterable[Training]:
    """The hard question and the dive with the smallest share covered."""
    for topic in sorted(material.topics, key=lambda topic: _share(material, topic)):
        share = _share(material, topic)
        if not topic.points or share >= ENOUGH or topic.kind == "trade_off":
            continue
        covered = round(share * len(topic.points))
        why = f"“{topic.title}”: {covered} of {count(len(topic.points), 'point')} covered."
        if topic.kind == "trap":
            yield Training("drill", TRAPS, why, item=topic.id)
        yield from _labs(material, topic.id, f"Bears on “{topic.title}”.")


def _labs(material: Material, id_: str, why: str) -> Iterable[Training]:
    lab = next((lab for lab in material.pack.labs if id_ in lab.proves), None)
    if lab:
        yield Training("lab", lab.slug, why)


def _share(material: Material, topic: Topic) -> float:
    covered = sum(material.covered(point.id) for point in topic.points)
    return covered / len(topic.points) if topic.points else 1.0


def _of_figures(material: Material) -> Iterable[Training]:
    wrong = [figure.written for figure in material.figures if figure.verdict == "wrong"]
    if wrong:
        yield Training(
            "drill", FIGURES, f"{count(len(wrong), 'number')} of yours differ: {wrong[0]}."
        )


def _of_mistakes(material: Material, mistakes: Iterable[Found]) -> Iterable[Training]:
    for each in mistakes:
        if each.kind == "made":
            yield from _labs(material, each.mistake.id, f"{each.mistake.name}: your words say so.")


def _few(found: Iterable[Training]) -> tuple[Training, ...]:
    chosen: list[Training] = []
    for each in found:
        again = any((each.kind, each.slug) == (other.kind, other.slug) for other in chosen)
        lab_too = each.kind == "lab" and any(other.kind == "lab" for other in chosen)
        if not again and not lab_too:
            chosen.append(each)
    return tuple(chosen[:MOST])
