"""Which option did they choose, and why: where a round stands, and what it comes to. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from trainer.catalog.schema import Decision
from trainer.drills.log import Log

PICKED: Final = "picked"  # item, option
REASONED: Final = "reasoned"  # item, why: the id of the decision whose reason was chosen
SECONDS: Final = 60  # for each decision
WHYS: Final = 3  # reasons to choose from


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision that was answered."""

    decision: Decision
    option: str
    why: str
    late: bool

    @property
    def option_is_right(self) -> bool:
        return self.option == self.decision.takes

    @property
    def why_is_right(self) -> bool:
        return self.why == self.decision.id

    @property
    def rating(self) -> int:
        """3 for both in time, 2 for the option or a late answer, else 1."""
        if not self.option_is_right:
            return 1
        return 3 if self.why_is_right and not self.late else 2


def now_asked(log: Log) -> str | None:
    """The decision to answer; None when all were."""
    done = len(log.of(REASONED))
    return log.items[done] if done < len(log.items) else None


def picked(log: Log) -> str:
    """The option that was taken for the decision to answer; "" before that."""
    item, event = now_asked(log), log.last(PICKED)
    return str(event.data["option"]) if event and event.data["item"] == item else ""


def deadline(log: Log) -> datetime:
    """When the time for the decision to answer is up."""
    before = log.last(REASONED)
    return (before.at if before else log.started_at) + timedelta(seconds=SECONDS)


def answered(log: Log, decisions: Sequence[Decision]) -> tuple[Answered, ...]:
    """In the order of the round; a decision that is gone from the content is left out."""
    by_id = {decision.id: decision for decision in decisions}
    options = {event.data["item"]: event.data["option"] for event in log.of(PICKED)}
    found, began = [], log.started_at
    for event in log.of(REASONED):
        item, late = event.data["item"], event.at > began + timedelta(seconds=SECONDS)
        if item in by_id:
            found.append(Answered(by_id[item], options[item], event.data["why"], late))
        began = event.at
    return tuple(found)


def whys(decisions: Sequence[Decision], item: str, seed: int) -> tuple[Decision, ...]:
    """The decisions whose reasons are offered: the right one and two others, in an order of
    chance that the seed and the item decide."""
    chance = random.Random(f"{seed}:{item}")  # noqa: S311 (a choice to replay, not a secret)
    others = [decision for decision in decisions if decision.id != item]
    right = [decision for decision in decisions if decision.id == item]
    offered = right + chance.sample(others, min(WHYS - 1, len(others)))
    chance.shuffle(offered)
    return tuple(offered)
