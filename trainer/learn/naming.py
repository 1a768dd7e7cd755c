"""Where else a pack speaks of a number: labs that set it against a run, contradictions. Pure."""

from trainer.catalog.lab_schema import Lab
from trainer.catalog.numbers import REFERENCE
from trainer.catalog.schema import Contradiction, Pack


def labs_about(pack: Pack, slug: str) -> tuple[Lab, ...]:
    """The labs whose claim is about the number: those that measure against it come first."""
    order = [each for group in pack.lab_groups for each in group.labs]
    found = [lab for lab in pack.labs if slug in {lab.claim.number, *_named(lab.claim.says)}]
    return tuple(sorted(found, key=lambda lab: (lab.claim.number != slug, order.index(lab.slug))))


def cases_of(pack: Pack, slug: str) -> tuple[Contradiction, ...]:
    """The contradictions that are about the number, or name it."""
    return tuple(
        case
        for case in pack.contradictions
        if slug in {*case.numbers, *_named(case.told), *_named(case.follows), *_named(case.say)}
    )


def puzzle_lab(pack: Pack, case: Contradiction) -> Lab | None:
    """The lab in which the case is a puzzle to solve."""
    labs = (lab for lab in pack.labs if any(puzzle.id == case.id for puzzle in lab.puzzles))
    return next(labs, None)


def _named(text: str) -> list[str]:
    return REFERENCE.findall(text)
