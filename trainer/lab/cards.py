"""The labs as the index shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.lab import services


@dataclass(frozen=True, slots=True)
class Card:
    """`asks`: the question to predict. `state`: "", predicted, or run. `hindrance`: why it cannot
    run just now, or ""."""

    slug: str
    title: str
    asks: str
    minutes: int
    url: str
    state: str
    hindrance: str


def of(pack: Pack, states: Mapping[str, str]) -> dict[str, Card]:
    """A card for every lab, by slug."""
    hindered = services.hindrances(pack.labs)
    return {
        lab.slug: Card(
            lab.slug,
            lab.title,
            plain(pack, lab.asked),
            lab.minutes,
            reverse("lab:lab", args=[pack.slug, lab.slug]),
            states.get(lab.slug, ""),
            hindered[lab.slug],
        )
        for lab in pack.labs
    }


def starters(pack: Pack, cards: Mapping[str, Card]) -> list[Card]:
    """Those to begin with, in the order of the groups."""
    first = {lab.slug for lab in pack.labs if lab.starts}
    return [
        cards[slug]
        for group in pack.lab_groups
        for slug in group.labs
        if slug in first and slug in cards
    ]


def groups(pack: Pack, cards: Mapping[str, Card]) -> list[tuple[str, Sequence[Card]]]:
    """The others, under their headings."""
    first = {lab.slug for lab in pack.labs if lab.starts}
    return [
        (group.title, [cards[slug] for slug in group.labs if slug not in first])
        for group in pack.lab_groups
    ]
