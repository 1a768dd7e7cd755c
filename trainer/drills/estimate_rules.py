"""Estimates: where a round stands, and what each answer comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from trainer.catalog.estimation_schema import Task
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.judging import Judged, Outcome, judged
from trainer.drills.estimating.posed import Posed, posed
from trainer.drills.log import Event, Log

LOOKED: Final = "looked"  # item, text: what each line comes to was asked for
HINTED: Final = "hinted"  # item: one more hint
ANSWERED: Final = "answered"  # item, text
SHOWN: Final = "shown"  # item, text: the derivation was asked for instead of an answer
WENT_ON: Final = "went-on"  # item: from here the clock of the next task runs
SECONDS: Final = 240  # for each task
TASKS: Final = 2  # in a round


@dataclass(frozen=True)
class Answered:
    """A task that is over. `judged` is None where the derivation was asked for instead."""

    posed: Posed
    text: str
    judged: Judged | None
    late: bool
    hints: int

    @property
    def is_right(self) -> bool:
        return self.judged is not None and self.judged.is_right

    @cached_property
    def rating(self) -> int:
        """1 for wrong or not answered, 2 for the order of magnitude, 3 for right, and 4 for right
        with every step, in time and without a hint."""
        if self.judged is None or self.judged.outcome is Outcome.WRONG:
            return 1
        if self.judged.outcome is Outcome.ORDER:
            return 2
        return 4 if self.judged.is_clean and not self.late and not self.hints else 3


def now_at(log: Log) -> str:
    """The task that the page is about, asked or just answered."""
    return log.items[min(len(log.of(WENT_ON)), len(log.items) - 1)]


def is_open(log: Log) -> bool:
    """Whether that task is still to be answered."""
    return len(log.of(ANSWERED, SHOWN)) <= len(log.of(WENT_ON)) and log.finished_at is None


def deadline(log: Log) -> datetime:
    """When the time for the task is up."""
    before = log.last(WENT_ON)
    return (before.at if before else log.started_at) + timedelta(seconds=SECONDS)


def hints(log: Log, item: str) -> int:
    """How many were asked for."""
    return sum(event.data["item"] == item for event in log.of(HINTED))


def looked_at(log: Log, item: str) -> str:
    """The steps that were last looked at for this task; "" for none."""
    mine = [event for event in log.of(LOOKED) if event.data["item"] == item]
    return str(mine[-1].data["text"]) if mine else ""


def answered(log: Log, tasks: Mapping[str, Task], seed: int) -> tuple[Answered, ...]:
    """In the order of the round; a task that is gone from the content is left out."""
    found, began = [], log.started_at
    for event in log.of(ANSWERED, SHOWN, WENT_ON):
        if event.kind == WENT_ON:
            began = event.at
        elif event.data["item"] in tasks:
            late = event.at > began + timedelta(seconds=SECONDS)
            found.append(_answered(log, event, posed(tasks[event.data["item"]], seed), late))
    return tuple(found)


def _answered(log: Log, event: Event, task: Posed, late: bool) -> Answered:
    text = str(event.data["text"])
    result = _judged(text, task) if event.kind == ANSWERED else None
    return Answered(task, text, result, late, hints(log, task.task.id))


def _judged(text: str, task: Posed) -> Judged | None:
    """None where the content has changed since, so that the answer fits the task no more."""
    try:
        return judged(text, task)
    except EstimateError:
        return None


def right(done: Sequence[Answered]) -> int:
    return sum(each.is_right for each in done)
