"""What is trained, in parts: each with its points, and the drill that trains it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.catalog.schema import Pack


@dataclass(frozen=True, slots=True)
class Subject:
    """`points` as they are called in sightings. `drill` and `item`: what trains it ("": nothing
    here does, as of a deep dive, which belongs to an interview)."""

    id: str
    title: str
    points: tuple[str, ...]
    drill: str = ""
    item: str = ""


def subjects(pack: Pack) -> tuple[Subject, ...]:
    """All that a pack has, in the order of an interview; what has no points is left out."""
    return tuple(each for each in _all(pack) if each.points)


def _all(pack: Pack) -> Iterator[Subject]:
    asked = tuple(question.id for question in pack.clarify.essential)
    yield Subject("clarify", "Clarifying questions", asked, "clarify")
    for trap in pack.traps:
        points = tuple(point.id for point in trap.points)
        yield Subject(trap.id, trap.title, points, "traps", trap.id)
    for dive in pack.deep_dives:
        yield Subject(dive.id, dive.title, tuple(point.id for point in dive.points))
    decisions = pack.trade_offs.decisions
    argued = (*(each.point.id for each in decisions), *pack.step_points)
    yield Subject("trade-offs", "Arguing trade-offs", argued, "trade-offs")
    chosen = tuple(f"quick:{each.id}" for each in decisions if each.takes)
    yield Subject("quick-fire", "Decisions and their reasons", chosen, "quick-fire")
    made = {each.mistake for design in pack.flawed for each in design.sentences}
    flaws = tuple(f"flaw:{each.id}" for each in pack.mistakes if each.id in made)
    yield Subject("mistakes", "Seeing mistakes", flaws, "mistakes")
    avoided = tuple(mistake.point.id for mistake in pack.mistakes)
    yield Subject("avoided", "Avoiding mistakes", avoided, "spot")
    fired = tuple(f"fire:{each.id}" for each in pack.under_fire.everything)
    yield Subject("under-fire", "Numbers and degradation", fired, "under-fire")
    estimated = tuple(f"est:{each.id}" for each in pack.estimation)
    yield Subject("estimation", "Estimates", estimated, "estimation")
