"""The drills, in the order of the index."""

from trainer.drills.drill import Drill
from trainer.drills.kinds import (
    clarify,
    estimation,
    mistakes,
    quick_fire,
    spot,
    trade_offs,
    traps,
    under_fire,
)

ALL: tuple[Drill, ...] = (
    clarify.DRILL,
    traps.DRILL,
    spot.DRILL,
    trade_offs.DRILL,
    quick_fire.DRILL,
    mistakes.DRILL,
    under_fire.DRILL,
    estimation.DRILL,
)
BY_SLUG = {each.slug: each for each in ALL}
