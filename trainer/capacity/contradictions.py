"""Where what is told and what follows from the same inputs are not the same number. Pure.

What is told without a second number to hold against it is a figure alone: `cores_busy` (a cost,
told as a budget), `breaker_trip_share` (a breaker of the whole site), `loads_per_tweet` beside
`writes_per_load` (read-heavy and write-heavy, each on its own path).
"""

from dataclasses import asdict, dataclass
from typing import Final

from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs

# (told, follows): each the name of an input or of a figure, in the same unit.
_PAIRS: Final = (
    ("told_writes_after", "scaled_hybrid_writes"),  # a "before" that is already grown
    ("told_qps_after", "scaled_timeline_qps"),
    ("told_index_after", "scaled_tweets"),
    ("claimed_saving", "saved_writes"),  # every tweet at the average
    ("claimed_saving", "law_saved_writes"),  # every tweet at its author's own followers
    ("claimed_saving", "naive_writes"),  # more than there is to save
    ("loads_per_day", "ranking_runs_per_day"),  # as if every load ran the pipeline
    ("storm_followers", "average_followers"),  # two averages in one design
    ("storm_writes", "storm_writes_at_average"),
    ("search_sla_ms", "search_worst_ms"),  # a promise that the index's own refresh breaks
    ("celebrity_tweet_share", "law_celebrity_tweet_share"),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A number as told, and the number that follows. Both are in one unit."""

    told_name: str
    told: float
    follows_name: str
    follows: float

    @property
    def factor(self) -> float:
        """told / follows: 1 when they agree, infinite when nothing follows."""
        return self.told / self.follows if self.follows else float("inf")

    @property
    def agrees(self) -> bool:
        """Within one part in a hundred, as far as round figures go."""
        return abs(self.factor - 1) <= 0.01


def contradictions(inputs: Inputs) -> tuple[Contradiction, ...]:
    """Every pair, in a fixed order."""
    values = asdict(inputs) | {name: each.value for name, each in figures(inputs).items()}
    return tuple(
        Contradiction(told, values[told], follows, values[follows]) for told, follows in _PAIRS
    )
