"""Which cards a person is asked now, in which order, and how many are left today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from trainer.accounts.models import User
from trainer.cards.chosen import Chosen, chosen, named
from trainer.cards.keys import CARDS, content_prefix
from trainer.cards.mixing import alternating, ordered
from trainer.cards.models import OwnCard
from trainer.cards.pacing import new_of_day
from trainer.cards.shown import Shown, shown
from trainer.catalog.packs import DEFAULT_PACK
from trainer.schedule import selectors as schedule
from trainer.schedule.memory import IN_STEPS, NEW, REVIEW
from trainer.schedule.models import Item, Preferences, Review
from trainer.schedule.terms import day_end, day_of, day_start

AHEAD: Final = timedelta(minutes=20)  # a card in steps is asked so much early when nothing else is


@dataclass(frozen=True, slots=True)
class Left:
    """Cards left today, within the limits of the day."""

    new: int
    learning: int
    review: int

    @property
    def cards(self) -> int:
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Queue:
    """The next cards: the keys of all, and those that the page does not hold yet. `done`: cards
    answered today. Where no card is left: `next_at`, when the next one comes (None: nothing waits);
    `new_waiting`, whether there are more new ones than the `new_today` of the day's limit; and
    `over`, reviews that are due and over theirs."""

    keys: tuple[str, ...]
    cards: tuple[Shown, ...]
    left: Left
    done: int
    next_at: datetime | None = None
    new_waiting: bool = False
    new_today: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The day of study: when it is over, and how many new cards and reviews were answered in it."""

    end: datetime
    new: int
    reviews: int
    answers: int


def queue(
    owner: User | None,
    now: datetime,
    *,
    pack: str = DEFAULT_PACK,
    topic: str = "",
    tag: str = "",
    limit: int = 10,
    have: Collection[str] = (),
) -> Queue:
    """Of a topic or a tag ("": of all). For who is not known (None), the first new cards. `have`:
    keys of cards that the page holds, which are not made again.

    Raises UnknownPack.
    """
    preferences, cards = schedule.preferences(owner), chosen(owner, pack, topic, tag)
    day = today(owner, preferences, now)
    if owner is None:
        keys, new_left = list(cards.content), preferences.new_a_day
        left = Left(min(new_left, len(keys)), 0, 0)
        row = keys[: min(limit, left.new)]
        made = shown(None, cards, [key for key in row if key not in have], preferences, now)
        return Queue(tuple(row), made, left, 0, new_waiting=len(keys) > left.new)
    return _queue(owner, now, preferences, cards, day, limit, have)


def today(owner: User | None, preferences: Preferences, now: datetime) -> Day:
    """What was answered in the day of study that `now` belongs to, of any topic."""
    offset = preferences.utc_offset_min
    end = day_end(now, offset)
    if owner is None:
        return Day(end, 0, 0, 0)
    start = day_start(day_of(now, offset), offset)
    mine = Review.objects.filter(owner=owner, key__startswith=CARDS, at__gte=start)
    counted = mine.aggregate(
        new=Count("id", filter=Q(state_before=NEW)),
        reviews=Count("id", filter=Q(state_before=REVIEW)),
        answers=Count("id"),
    )
    return Day(end, **counted)


def _queue(
    owner: User,
    now: datetime,
    preferences: Preferences,
    cards: Chosen,
    day: Day,
    limit: int,
    have: Collection[str],
) -> Queue:
    waiting = schedule.awake(owner, now, CARDS).filter(cards.items).order_by("due", "key")
    steps = waiting.filter(state__in=IN_STEPS).values_list("due", "key")
    today = waiting.filter(state=REVIEW, due__lt=day.end).values_list("key", flat=True)
    reviews = list(today[: max(0, preferences.reviews_a_day - day.reviews)])
    study_day = day_of(now, preferences.utc_offset_min)
    new_today = new_of_day(owner, preferences, study_day, day.new, cards.pack)
    new_left = max(0, new_today - day.new)
    new = _new(owner, cards, now, max(limit, new_left)) if new_left else ()
    left = Left(min(new_left, len(new)), len(steps), len(reviews))
    row = [key for due, key in steps if due <= now]
    row += ordered(
        new[: min(limit, left.new)],
        reviews[:limit],
        preferences.order,
        (day.new, day.reviews),
        (left.new, left.review),
    )
    row = (row or [key for due, key in steps if due <= now + AHEAD])[:limit]
    if not row:
        more = bool(_new(owner, cards, now, new_left + 1)[new_left:])
        over = today.count()
        is_tomorrow = (more and new_today) or (over and preferences.reviews_a_day)
        comes = (_next_at(owner, cards, now), day.end if is_tomorrow else None)
        next_at = min(filter(None, comes), default=None)
        return Queue((), (), left, day.answers, next_at, more, new_today, over)
    made = shown(owner, cards, [key for key in row if key not in have], preferences, now)
    there = {each.key for each in made}
    keys = tuple(key for key in row if key in have or key in there)
    return Queue(keys, made, left, day.answers)


def _next_at(owner: User, cards: Chosen, now: datetime) -> datetime | None:
    """When the next card that was answered comes back, be it put off till then."""
    met = Item.objects.filter(cards.items, owner=owner, reviews__gt=0, suspended=False)
    comes = met.annotate(comes=Greatest("due", "buried_until")).filter(comes__gt=now)
    return comes.order_by("comes").values_list("comes", flat=True).first()


def _new(owner: User, cards: Chosen, now: datetime, count: int) -> Sequence[str]:
    """Keys of up to `count` cards that were never answered and are not set aside: of the pack in
    its order and one's own in theirs, one of each in turn."""
    aside = Q(suspended=True) | Q(buried_until__gt=now)
    met = Item.objects.filter(Q(reviews__gt=0) | aside, owner=owner)
    of_pack = met.filter(key__startswith=content_prefix(cards.pack))
    known = set(of_pack.values_list("key", flat=True))
    content = [key for key in cards.content if key not in known][:count]
    own = [] if cards.own is None else _new_own(cards.own, met, count)
    return alternating(own, content, count)


def _new_own(own: QuerySet[OwnCard], met: QuerySet[Item], count: int) -> list[str]:
    mine = named(own).filter(~Exists(met.filter(key=OuterRef("name"))))
    return list(mine.order_by("created_at", "id").values_list("name", flat=True)[:count])
