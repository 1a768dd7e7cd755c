"""What the patterns of the grader say of the rest of a pack, and of each other. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from trainer.catalog.grading_schema import Frame, Patterns
from trainer.catalog.schema import DeepDive, Mistake, TradeOffs, Trap


def _concepts(grading: Patterns) -> Iterator[str]:
    for id_, point in grading.points.items():
        for frame in (*point.frames, *point.against):
            for name in _named(frame):
                if name not in grading.concepts:
                    yield f"grading:points.{id_}: expected a concept, but there is no {name}"
    for name, terms in grading.concepts.items():
        for term in terms:
            for other in (word[1:] for word in term.split() if word.startswith("@")):
                if other not in grading.concepts:
                    yield f"grading:concepts.{name}: expected a concept, but there is no {other}"
    for group in grading.opposites:
        for name in group:
            if name not in grading.concepts:
                yield f"grading:opposites: expected a concept, but there is no {name}"


def _points(
    grading: Patterns,
    traps: tuple[Trap, ...],
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {point.id for trap in traps for point in trap.points}
    known |= {point.id for dive in deep_dives for point in dive.points}
    known |= {decision.point.id for decision in trade_offs.decisions}
    known |= {step.point.id for step in trade_offs.steps if step.point}
    known |= {mistake.point.id for mistake in mistakes}
    for id_ in grading.points:
        if id_ not in known:
            yield f"grading:points.{id_}: expected a rubric point, but there is no {id_}"


def _named(frame: Frame) -> Iterator[str]:
    for need in frame.need:
        yield from (name.removeprefix("!") for name in need)
    yield from frame.without


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_concepts, _points)
