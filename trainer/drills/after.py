"""What follows in other rooms when an item of a drill was answered. The one place of it."""

from datetime import datetime

from trainer.drills.drill import Result
from trainer.drills.models import Round
from trainer.schedule import coverage, selectors
from trainer.schedule.services import answered


def key(round: Round, item: str) -> str:
    """The item's name in the schedule."""
    return f"drill:{round.pack}:{round.drill}:{item}"


def told(round: Round, result: Result, at: datetime) -> None:
    """The item was answered at `at`: it will come back, and its points were seen."""
    where = f"drill:{round.id}:{result.item}"
    answered(round.owner, key(round, result.item), result.rating, at, once=where)
    coverage.seen(round.owner, round.pack, result.points, at, where)


def comes_back(round: Round, item: str) -> datetime | None:
    """When the item comes back; None where it is not scheduled."""
    return selectors.due_at(round.owner, key(round, item))
