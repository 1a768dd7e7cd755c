"""What an import would do, before anything is written.

A row is a card that is here already where its id is that card's own, or came with it at an earlier
import; else where the front is the same, whatever the spaces. All else is new.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from trainer.accounts.models import User
from trainer.cards.keys import OWN
from trainer.cards.models import MOST_CARDS, OwnCard, Remark
from trainer.cards.sharing.row import NoteRow, Reading, Refused, Row
from trainer.cards.site import site_cards

ORIGIN: Final = "file:"  # before the id that a card has in its file


@dataclass(frozen=True, slots=True)
class Change:
    """A card that is here, and the row that changes it."""

    card: OwnCard
    row: Row

    @property
    def tags(self) -> Sequence[str]:
        return self.card.tags if self.row.tags is None else self.row.tags


@dataclass
class Plan:
    """`same`: cards, and notes, that are here already as the file has them. `ours`: cards made from
    this site's content, which stay as they are."""

    new: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    same: int = 0
    ours: int = 0
    remarks: Sequence[str] = ()

    @property
    def writes(self) -> int:
        """How much it would write."""
        return len(self.new) + len(self.changed) + len(self.notes)


def plan(owner: User | None, reading: Reading) -> Plan:
    """What importing `reading` would do to the cards of `owner`."""
    made = Plan(refused=list(reading.refused), ours=reading.ours, remarks=reading.remarks)
    cards = list(OwnCard.objects.filter(owner=owner)) if owner else []
    _cards(made, _told_once(made, reading.rows), cards)
    _notes(made, owner, reading.notes)
    return made


def _told_once(made: Plan, rows: Iterable[Row]) -> list[Row]:
    """The rows without those that say the same card again."""
    first: dict[str, Row] = {}
    for row in rows:
        name = row.id or f"\n{_front(row.front)}"
        before = first.setdefault(name, row)
        if before is not row:
            _again(made, before, row, "id" if row.id else "front")
    return list(first.values())


def _again(made: Plan, before: Row, row: Row, what: str) -> None:
    """Note a row that is the card of one before it: by `what`."""
    if replace(row, at="", id="") == replace(before, at="", id=""):
        made.same += 1
    else:
        made.refused.append(
            Refused(row.at, f"The same {what} as {before.at}, with other words. Keep one.")
        )


def _cards(made: Plan, rows: Sequence[Row], cards: Sequence[OwnCard]) -> None:
    found = _found(rows, cards)
    room = MOST_CARDS - len(cards)
    first: dict[str, Row] = {}
    for row in rows:
        card = found.get(row.at)
        if card is not None and (before := first.setdefault(card.pk, row)) is not row:
            _again(made, before, row, "card")
        elif card is not None:
            _compare(made, Change(card, row))
        elif len(made.new) < room:
            made.new.append(row)
        else:
            made.refused.append(
                Refused(row.at, f"{MOST_CARDS:,} cards are the most. Delete some, then import it.")
            )


def _found(rows: Sequence[Row], cards: Sequence[OwnCard]) -> dict[str, OwnCard]:
    """By the place of a row: the card that it is. A card can be two rows by its two names, the one
    here and the one of its file; by its front it is one at most."""
    named = {f"{ORIGIN}{OWN}{card.pk}": card for card in cards}
    named |= {card.origin: card for card in cards if card.origin.startswith(ORIGIN)}
    found = {row.at: named[origin] for row in rows if (origin := f"{ORIGIN}{row.id}") in named}
    taken = {card.pk for card in found.values()}
    fronts: dict[str, OwnCard] = {}
    for card in cards:
        if card.pk not in taken:
            fronts.setdefault(_front(card.front), card)
    for row in rows:
        if row.at not in found and (same := fronts.pop(_front(row.front), None)):
            found[row.at] = same
    return found


def _front(text: str) -> str:
    return " ".join(text.split())


def _compare(made: Plan, change: Change) -> None:
    card, row = change.card, change.row
    if (card.front, card.back, sorted(card.tags)) == (row.front, row.back, sorted(change.tags)):
        made.same += 1
    else:
        made.changed.append(change)


def _notes(made: Plan, owner: User | None, notes: Sequence[NoteRow]) -> None:
    if not notes:
        return
    here: Mapping[str, Remark] = (
        {each.key: each for each in Remark.objects.filter(owner=owner)} if owner else {}
    )
    known = site_cards()
    for row in {note.key: note for note in notes}.values():
        remark = here.get(row.key)
        if row.key not in known:
            why = f"There is no card “{row.key[:60]}” on this site (any more)."
            made.refused.append(Refused(row.at, why))
        elif remark and remark.note == row.note and row.tags in (None, tuple(remark.tags)):
            made.same += 1
        else:
            made.notes.append(row)
