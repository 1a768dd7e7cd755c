"""What the drills' own content says of the rest: ids that are there, and once. Pure.

Every function in CHECKS reads the parts that its parameters name, and yields lines of the form
`file:field: expected ...`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from trainer.catalog.drill_schema import SpotPair
from trainer.catalog.schema import DeepDive, Mistake, TradeOffs, Trap

_SENTENCE: Final = re.compile(r"[.?!](?=\s|$)")
MOST_SENTENCES: Final = 2


def _follow_ups(traps: tuple[Trap, ...]) -> Iterator[str]:
    """Each point of a trap has one at most, in as many sentences as an interviewer says."""
    for trap in traps:
        where = f"traps.yaml:[{trap.id}].follow_ups"
        points = [point.id for point in trap.points]
        asked = [each.point for each in trap.follow_ups]
        for each in trap.follow_ups:
            if each.point not in points:
                yield f"{where}: expected a point of the trap, but there is no {each.point}"
            if asked.count(each.point) > 1:
                yield f"{where}: expected each point once, but {each.point} is there twice"
            if len(_SENTENCE.findall(each.ask)) > MOST_SENTENCES:
                yield f"{where}[{each.point}]: expected {MOST_SENTENCES} sentences at most"


def _spot(
    spot: tuple[SpotPair, ...],
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {point.id for trap in traps for point in trap.points}
    known |= {point.id for dive in deep_dives for point in dive.points}
    known |= {decision.point.id for decision in trade_offs.decisions}
    known |= {mistake.point.id for mistake in mistakes}
    ids = [pair.id for pair in spot]
    for pair in spot:
        if ids.count(pair.id) > 1:
            yield f"spot.yaml:[{pair.id}]: expected each pair once, but {pair.id} is there twice"
        for point in pair.points:
            if point not in known:
                where = f"spot.yaml:[{pair.id}].points"
                yield f"{where}: expected a rubric point, but there is no {point}"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_follow_ups, _spot)
