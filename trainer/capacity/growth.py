"""What growth does: figures side by side at several sizes, and what breaks first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trainer.capacity import limits
from trainer.capacity.figures import Figure, figures
from trainer.capacity.inputs import Inputs

FACTORS: Final = (1.0, 10.0, 100.0)
GROWING: Final = (
    "hybrid_writes",
    "law_hybrid_writes",
    "timeline_qps",
    "timeline_peak_qps",
    "tweets_per_s",
    "runs_per_s",
    "cores_busy",
    "storage_per_year_bytes",
    "timeline_memory_bytes",
    "shards_needed",
    "search_sum_ms",
)


@dataclass(frozen=True, slots=True)
class ScalingRow:
    """One figure at every factor, in the order of the factors."""

    name: str
    label: str
    unit: str
    values: tuple[float, ...]


def scaling_table(
    inputs: Inputs, factors: Iterable[float] = FACTORS, names: Iterable[str] = GROWING
) -> tuple[ScalingRow, ...]:
    """The figures `names` of the site grown by each of `factors`. Raises InputsError when a factor
    drives an input out of its range, KeyError for an unknown name."""
    at_each = [figures(inputs.grown(factor)) for factor in factors]
    return tuple(
        ScalingRow(
            name,
            at_each[0][name].label,
            at_each[0][name].unit,
            tuple(each[name].value for each in at_each),
        )
        for name in names
    )


@dataclass(frozen=True, slots=True)
class Utilisation:
    """How much of a resource is used, 1 being all of it, and the growth at which it is used up:
    below 1 when it is exceeded already, None when growth alone never uses it up."""

    figure: Figure
    used: float
    breaks_at: float | None

    @property
    def is_exceeded(self) -> bool:
        return self.used > 1


def utilisations(inputs: Inputs) -> tuple[Utilisation, ...]:
    """Every resource, the one that breaks first in front."""
    found = figures(inputs)
    each = (_utilisation(found[formula.name]) for formula in limits.FORMULAS)
    return tuple(sorted(each, key=_turn))


def _utilisation(figure: Figure) -> Utilisation:
    used = figure.value
    grows = figure.name not in limits.UNGROWING
    breaks_at = 1 / used if used > 1 or (grows and used > 0) else None
    return Utilisation(figure, used, breaks_at)


def _turn(utilisation: Utilisation) -> tuple[bool, float, float]:
    never = utilisation.breaks_at is None
    return never, utilisation.breaks_at or 0.0, -utilisation.used
