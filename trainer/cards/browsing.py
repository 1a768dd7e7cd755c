"""Which cards somebody flips through, in which order, and where in them. Pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from trainer.cards.deck.card import Card

LARGEST_SEED = 9_999


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. "" is every topic, kind and status; `shuffle` 0 is the deck's own
    order; `at` counts from 1."""

    pack: str
    topic: str = ""
    kind: str = ""
    status: str = ""
    shuffle: int = 0
    at: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.topic or self.kind or self.status)


@dataclass(frozen=True, slots=True)
class Place:
    """A card of those that were asked for. `at` and `count` count from 1."""

    card: Card
    at: int
    count: int

    @property
    def previous(self) -> int | None:
        return self.at - 1 if self.at > 1 else None

    @property
    def next(self) -> int | None:
        return self.at + 1 if self.at < self.count else None


def asked_for(query: Mapping[str, str], pack: str) -> Asked:
    """What the query string of an address asks for; what is no number there counts as none."""
    return Asked(
        pack=query.get("pack", pack),
        topic=query.get("topic", ""),
        kind=query.get("kind", ""),
        status=query.get("status", ""),
        shuffle=min(_number(query.get("shuffle", "")), LARGEST_SEED),
        at=max(1, _number(query.get("at", ""))),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def browsed(deck: Sequence[Card], asked: Asked) -> list[Card]:
    """The cards that fit, in the order that was asked for. The same seed gives the same order."""
    cards = [
        card
        for card in deck
        if asked.topic in ("", card.topic)
        and asked.kind in ("", card.kind)
        and asked.status in ("", card.status)
    ]
    if asked.shuffle:
        random.Random(asked.shuffle).shuffle(cards)  # noqa: S311 (a game, no secret)
    return cards


def place_in(cards: Sequence[Card], asked: Asked) -> Place | None:
    """The card at `asked.at`, or the last one where there are fewer; None where there is none."""
    if not cards:
        return None
    at = min(asked.at, len(cards))
    return Place(cards[at - 1], at, len(cards))


def as_list(query: str) -> str:
    """The same cards as a list of their titles."""
    return f"{query}{'&' if query != '?' else ''}view=list"


def address(asked: Asked, pack: str, **changes: str | int) -> str:
    """The query string of `asked` with `changes`, without what goes without saying."""
    wanted = replace(asked, **changes)  # type: ignore[arg-type]
    said = {
        "pack": wanted.pack if wanted.pack != pack else "",
        "topic": wanted.topic,
        "kind": wanted.kind,
        "status": wanted.status,
        "shuffle": wanted.shuffle or "",
        "at": wanted.at if wanted.at > 1 else "",
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})
