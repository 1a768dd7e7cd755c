"""What a person should train next, out of the schedule, the points seen and the rounds played."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from trainer.accounts.models import User
from trainer.catalog.schema import Pack
from trainer.drills import kinds
from trainer.drills.heard import sightings
from trainer.drills.next_rules import Due, Offer, Proposal, Weak, proposals
from trainer.drills.selectors import rounds_of
from trainer.drills.strengths import courses, newest, weakest
from trainer.drills.subjects import subjects
from trainer.schedule import selectors as schedule

REST = timedelta(hours=12)  # after a subject was seen it is not proposed for being weak


@dataclass(frozen=True, slots=True)
class Session:
    """Rounds of one pack to play one after the other, with their minutes together."""

    pack: Pack
    rounds: tuple[Proposal, ...]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.rounds)


def next_session(owner: User | None, packs: Sequence[Pack], now: datetime) -> Session | None:
    """In the pack that was trained last, or else the first with drills; None without drills."""
    having = [pack for pack in packs if offers(pack)]
    last = rounds_of(owner).values_list("pack", flat=True).first() if owner else None
    pack = next((each for each in having if each.slug == last), having[0] if having else None)
    return Session(pack, next_rounds(owner, pack, now)) if pack else None


def next_rounds(owner: User | None, pack: Pack, now: datetime) -> tuple[Proposal, ...]:
    """For the next 20 minutes; for who is not known (None), by the drills alone."""
    if owner is None:
        return proposals(offers(pack), (), (), {})
    seen = sightings(owner, pack.slug)
    weak = [
        Weak(each.subject.drill, each.subject.item, each.subject.title, each.now)
        for each in weakest(courses(subjects(pack), seen, [now]))
        if now - newest(each.subject, seen) > REST
    ]
    return proposals(offers(pack), list(_due(owner, pack, now)), weak, _last(owner, pack))


def offers(pack: Pack) -> list[Offer]:
    """The drills that the pack has something for. Items of a round of their own have titles."""
    titles: dict[str, Mapping[str, str]] = {
        "traps": {trap.id: trap.title for trap in pack.traps},
        "trade-offs": {each.id: each.title for each in pack.trade_offs.decisions},
        "estimation": {task.id: task.title for task in pack.estimation},
        "mistakes": {design.id: design.title for design in pack.flawed},
    }
    return [
        Offer(drill.slug, drill.title, drill.minutes, titles.get(drill.slug, {}))
        for drill in kinds.ALL
        if drill.items(pack)
    ]


def _due(owner: User, pack: Pack, now: datetime) -> Iterator[Due]:
    """What is due and still asked by the content."""
    asked = {drill.slug: set(drill.items(pack)) for drill in kinds.ALL}
    for item in schedule.due(owner, now, prefix=f"drill:{pack.slug}:"):
        _, _, drill, name = item.key.split(":", 3)
        if name in asked.get(drill, ()):
            yield Due(drill, name, item.due)


def _last(owner: User, pack: Pack) -> dict[str, datetime]:
    """By drill, when a round of it was started last."""
    mine = rounds_of(owner).filter(pack=pack.slug).order_by()
    rows = mine.values("drill").annotate(at=Max("started_at"))
    return dict(rows.values_list("drill", "at"))
