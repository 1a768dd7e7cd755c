"""The sentence worth saying, and what to do with it: keep it as a card, answer the trap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from trainer.accounts.models import User
from trainer.cards.models import OwnCard
from trainer.cards.own.services import Words, add
from trainer.catalog.lab_schema import PLACE, Lab
from trainer.catalog.numbers import fill
from trainer.catalog.schema import Pack
from trainer.lab.errors import NothingToSay
from trainer.lab.models import Run
from trainer.lab.showing.amounts import shown

TAG: Final = "lab"
TRAPS: Final = "traps"  # the drill


@dataclass(frozen=True, slots=True)
class Trap:
    """A trap question that the lab proves the answer to, and where to answer it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Next:
    """`card`: the address of the card that was made of this attempt ("": none yet)."""

    card: str
    traps: Sequence[Trap]


def next_of(pack: Pack, lab: Lab, run: Run) -> Next:
    """What to do with what this run found."""
    card = OwnCard.objects.filter(owner_id=run.attempt.owner_id, origin=_origin(run)).first()
    start = reverse("drills:start", args=[pack.slug, TRAPS])
    traps = [
        Trap(trap.title, f"{start}?{urlencode({'item': trap.id})}")
        for trap in pack.traps
        if trap.id in lab.proves
    ]
    return Next(reverse("cards:own_card", args=[card.pk]) if card else "", traps)


def to_card(pack: Pack, lab: Lab, run: Run, now: datetime) -> OwnCard:
    """The card of this attempt: the lab's question, and the sentence with what this run measured,
    and on what.
    Asked for twice, it is the one that is there.

    Raises NothingToSay for a run that is not done, or cards.own.services.TooMany.
    """
    if run.state != Run.State.DONE:
        raise NothingToSay("This run has no result yet. Wait until it is done, then add it.")
    owner: User = run.attempt.owner
    sentence = fill(pack.numbers, said(lab, run.result.get("figures", {})))
    where = world_sentence(run.base, run.accounts)
    words = Words(fill(pack.numbers, lab.asked), f"{sentence}\n\n{where}", (TAG, lab.slug))
    return add(owner, words, now, _origin(run))


def said(lab: Lab, values: Mapping[str, float]) -> str:
    """The sentence worth saying, as Markdown, with the figures of this run."""

    def value(name: str) -> str:
        figure = lab.figure(name)
        return f"**{shown(values[name], figure.unit)}**" if figure and name in values else name

    return PLACE.sub(lambda match: value(match.group(1)), lab.say)


def world_sentence(base: str, accounts: int, verb: str = "Measured") -> str:
    """On what a run was measured, or (`verb` "Runs") would be."""
    if not base:
        return "Needs no world: it runs on code and this machine alone."
    size = "small world" if base == "small" else "world"
    return f"{verb} on the {size} of {accounts:,} accounts."


def _origin(run: Run) -> str:
    return f"lab:{run.attempt_id}"
