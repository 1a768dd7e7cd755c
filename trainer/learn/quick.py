"""The quick reference card: what the page shows of it, and how. Pure."""

from dataclasses import dataclass
from typing import Final, get_args

from trainer.catalog.numbers import REFERENCE
from trainer.catalog.schema import Pack, QuickReference, Status

STATUSES: Final = get_args(Status)  # from the surest down


@dataclass(frozen=True, slots=True)
class Card:
    """`recalls`: every item is hidden until it is asked for; `opened`: all have been asked for.
    `statuses`: those that its numbers have, the surest first."""

    reference: QuickReference
    statuses: tuple[str, ...]
    recalls: bool
    opened: bool

    @property
    def count(self) -> int:
        """How many items there are."""
        return sum(len(section.items) for section in self.reference.sections)


def card(pack: Pack, recall: str, show: str) -> Card:
    """The card as an address asks for it: `?recall=1`, and there `&show=all`."""
    recalls = recall == "1"
    return Card(pack.quick_reference, _statuses(pack), recalls, recalls and show == "all")


def _statuses(pack: Pack) -> tuple[str, ...]:
    texts = [item.text for section in pack.quick_reference.sections for item in section.items]
    named = {pack.ledger[slug].status for text in texts for slug in REFERENCE.findall(text)}
    return tuple(status for status in STATUSES if status in named)
