"""The next 20 minutes: what to train, in which order, and why. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MINUTES: Final = 20
WEAK: Final = 0.6  # a strength from which a subject needs no round of its own now
MOST_OF_ONE: Final = 2  # rounds of one drill


@dataclass(frozen=True, slots=True)
class Offer:
    """A drill that can be trained: `titles` of its items that have one, by id."""

    slug: str
    title: str
    minutes: int
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """An item that is due again since `at`."""

    drill: str
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Weak:
    """A subject that was seen and is not kept: its strength is 0 to 1."""

    drill: str
    item: str
    title: str
    strength: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One round to play. `item` is what it begins with ("": any)."""

    drill: str
    title: str
    minutes: int
    why: str
    item: str = ""


def proposals(
    offers: Sequence[Offer],
    due: Sequence[Due],
    weak: Sequence[Weak],
    last: Mapping[str, datetime],
) -> tuple[Proposal, ...]:
    """Rounds of 20 minutes at most together: first what is due, then what is weakest, then the
    drills that were not trained for longest (`last`: by drill, when). Each for one reason."""
    by_slug = {offer.slug: offer for offer in offers}
    chosen: list[Proposal] = []
    for proposal in (*_due(by_slug, due), *_weak(by_slug, weak), *_stale(offers, last)):
        if _fits(proposal, chosen):
            chosen.append(proposal)
    return tuple(chosen)


def _fits(proposal: Proposal, chosen: Sequence[Proposal]) -> bool:
    same = [each for each in chosen if each.drill == proposal.drill]
    if len(same) >= MOST_OF_ONE or any(proposal.item in ("", each.item) for each in same):
        return False
    return sum(each.minutes for each in chosen) + proposal.minutes <= MINUTES


def _due(by_slug: Mapping[str, Offer], due: Sequence[Due]) -> Iterator[Proposal]:
    """One round a drill, or for drills whose rounds are about one item, one for each item."""
    waiting: dict[str, list[Due]] = {}
    for each in due:
        if each.drill in by_slug:
            waiting.setdefault(each.drill, []).append(each)
    for slug, items in waiting.items():
        offer = by_slug[slug]
        for each in items if offer.titles else items[:1]:
            more = "" if offer.titles or len(items) == 1 else f", and {len(items) - 1} more"
            why = f"Due since {_day(each.at)}{more}."
            yield _proposal(offer, why, each.item)


def _weak(by_slug: Mapping[str, Offer], weak: Sequence[Weak]) -> Iterator[Proposal]:
    for each in weak:
        if each.drill in by_slug and each.strength < WEAK:
            why = f"“{each.title}” is at {round(100 * each.strength)}%."
            yield _proposal(by_slug[each.drill], why, each.item)


def _stale(offers: Sequence[Offer], last: Mapping[str, datetime]) -> Iterator[Proposal]:
    never = [_proposal(offer, "Not trained yet.") for offer in offers if offer.slug not in last]
    trained = sorted((last[offer.slug], n) for n, offer in enumerate(offers) if offer.slug in last)
    yield from never
    for at, n in trained:
        yield _proposal(offers[n], f"Last trained on {_day(at)}.")


def _proposal(offer: Offer, why: str, item: str = "") -> Proposal:
    named = offer.titles.get(item, "")
    title = f"{offer.title}: {named}" if named else offer.title
    return Proposal(offer.slug, title, offer.minutes, why, item)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B}"
