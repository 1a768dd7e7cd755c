"""What the rubric of the interview's grade says of the rest of a pack. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from trainer.catalog.schema import DeepDive, Format, Mistake, Number, TradeOffs, Trap
from trainer.catalog.signals_schema import Signals


def _points(
    signals: Signals,
    traps: tuple[Trap, ...],
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {point.id for trap in traps for point in trap.points}
    known |= {point.id for dive in deep_dives for point in dive.points}
    known |= {decision.point.id for decision in trade_offs.decisions}
    known |= {mistake.point.id for mistake in mistakes}
    for signal in signals.signals:
        for id_ in (id_ for measure in signal.measures for id_ in measure.points):
            if id_ not in known:
                where = f"signals.yaml:[{signal.id}].measures"
                yield f"{where}: expected a rubric point, but there is no {id_}"


def _numbers(signals: Signals, numbers: tuple[Number, ...]) -> Iterator[str]:
    known = {number.slug for number in numbers}
    for naming in signals.names:
        for slug in (naming.number, *naming.also):
            if slug not in known:
                yield f"signals.yaml:names: expected a number of numbers.yaml, but no {slug}"


def _phases(signals: Signals, formats: tuple[Format, ...]) -> Iterator[str]:
    known = {phase.id for each in formats for phase in each.phases}
    for signal in signals.signals:
        if known.isdisjoint(signal.phases):
            yield f"signals.yaml:[{signal.id}].phases: expected one that a format has"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_points, _numbers, _phases)
