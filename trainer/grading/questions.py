"""The questions of a pack that an answer can be graded against. Pure."""

from dataclasses import dataclass

from trainer.catalog.numbers import fill
from trainer.catalog.schema import Pack, Point
from trainer.grading.attempts import WHOLE

FULL = "full"  # the pack's whole prompt ("Design Twitter."): every point of the pack


class UnknownQuestion(LookupError):
    """The pack has no such question; the message lists those that it has."""


@dataclass(frozen=True, slots=True)
class Question:
    """`topic` is that of an Answer; `asks` as spoken; `points` are what an answer may cover."""

    topic: str
    asks: tuple[str, ...]
    points: tuple[Point, ...]


def question_ids(pack: Pack) -> tuple[str, ...]:
    """The ids of traps and deep dives, and "full"."""
    traps = (trap.id for trap in pack.traps)
    return (*traps, *(dive.id for dive in pack.deep_dives), FULL)


def question(pack: Pack, question_id: str) -> Question:
    """Raises UnknownQuestion."""
    if question_id == FULL:
        return Question(WHOLE, (pack.about.prompt,), tuple(pack.points.values()))
    trap, dive = pack.trap(question_id), pack.deep_dive(question_id)
    if trap:
        return Question(trap.id, (fill(pack.numbers, trap.ask), trap.title), trap.points)
    if dive:
        points = (*dive.points, *(pack.points[each] for each in dive.shared_points))
        return Question(dive.id, (fill(pack.numbers, dive.ask), dive.title), points)
    known = ", ".join(question_ids(pack))
    raise UnknownQuestion(f'The pack {pack.slug} has no question "{question_id}": it has {known}.')
