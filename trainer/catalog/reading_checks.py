"""Ids that are anchors on one page to read: there each stands once. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from trainer.catalog.schema import QuickReference, TradeOffs


def _quick_reference(quick_reference: QuickReference) -> Iterator[str]:
    sections = [section.id for section in quick_reference.sections]
    items = [item.id for section in quick_reference.sections for item in section.items]
    yield from _shared("quick_reference.yaml", [*sections, *items])


def _trade_offs(trade_offs: TradeOffs) -> Iterator[str]:
    decisions = {decision.id for decision in trade_offs.decisions}
    steps = {step.id for step in trade_offs.steps}
    yield from _shared("trade_offs.yaml", [*decisions, *steps])


def _shared(file: str, ids: Iterable[str]) -> Iterator[str]:
    for id_, times in Counter(ids).items():
        if times > 1:
            yield f"{file}:[{id_}]: expected the id once on its page, but it is there {times} times"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_quick_reference, _trade_offs)
