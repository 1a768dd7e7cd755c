"""What a person's answers add up to. All sums are made by the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import Lag, TruncDate

from trainer.accounts.models import User
from trainer.cards.chosen import Chosen
from trainer.cards.keys import CARDS
from trainer.schedule.memory import IN_STEPS, REVIEW
from trainer.schedule.models import Item, Review
from trainer.schedule.terms import DAY_BEGINS, day_start

RATINGS: Final = (1, 2, 3, 4)
AGAIN: Final = 1
LONGEST_S: Final = 120.0  # between two answers of one sitting; whoever takes longer was away
_MEASURED: Final = 1_000  # newest answers
_FEWEST: Final = 20  # gaps, from which on a mean says something


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers of one day. `ratings`: how many of each, from 1 to 4. Of those to cards in review,
    `mature` were asked and `kept` were still known."""

    ratings: tuple[int, int, int, int] = (0, 0, 0, 0)
    mature: int = 0
    kept: int = 0

    def __add__(self, other: "Answered") -> "Answered":
        a, b = self.ratings, other.ratings
        ratings = (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3])
        return Answered(ratings, self.mature + other.mature, self.kept + other.kept)

    @property
    def retention(self) -> float | None:
        """0 to 1; None where no card in review was asked."""
        return self.kept / self.mature if self.mature else None

    @property
    def percent(self) -> int:
        return round(100 * (self.retention or 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """Cards by state."""

    unmet: int
    learning: int
    review: int
    suspended: int


def answered_by_day(owner: User, first: date, utc_offset_min: int) -> Mapping[date, Answered]:
    """From the day of study `first` on; a day without an answer is left out."""
    since = day_start(first, utc_offset_min)
    mine = Review.objects.filter(owner=owner, key__startswith=CARDS, at__gte=since)
    rows = (
        mine.annotate(day=_day("at", utc_offset_min))
        .values_list("day", "rating")
        .annotate(times=Count("id"), mature=Count("id", filter=Q(state_before=REVIEW)))
        .order_by()
    )
    found: dict[date, Answered] = {}
    for day, rating, times, mature in rows:
        found[day] = found.get(day, Answered()) + _of_rating(rating, times, mature)
    return found


def _of_rating(rating: int, times: int, mature: int) -> Answered:
    a, b, c, d = (times if rating == each else 0 for each in RATINGS)
    return Answered((a, b, c, d), mature, 0 if rating == AGAIN else mature)


def due_by_day(owner: User, cards: Chosen, until: date, utc_offset_min: int) -> Mapping[date, int]:
    """Cards that were answered, by the day of study on which they are due, before `until`. One that
    is set aside is left out; one that is buried comes when it is brought back."""
    items = _in_use(owner, cards).filter(due__lt=day_start(until, utc_offset_min))
    rows = items.annotate(day=_day("due", utc_offset_min)).values_list("day")
    return dict(rows.annotate(times=Count("id")).order_by())


def waiting(
    owner: User, cards: Chosen, until: date, utc_offset_min: int, most: int
) -> tuple[list[Item], float]:
    """The same cards themselves: `most` of them, evenly taken in the order in which they are due,
    and for how many each of them stands."""
    items = _in_use(owner, cards).filter(due__lt=day_start(until, utc_offset_min))
    ids = list(items.order_by("due", "key").values_list("id", flat=True))
    weight = max(1.0, len(ids) / most)
    picked = [ids[int(n * weight)] for n in range(min(most, len(ids)))]
    return list(Item.objects.filter(pk__in=picked).order_by("due", "key")), weight


def standing(owner: User, cards: Chosen) -> Standing:
    """Of all the cards, how many are in which state."""
    mine = Item.objects.filter(cards.items, owner=owner)
    active = Q(reviews__gt=0, suspended=False)
    counted = mine.aggregate(
        learning=Count("id", filter=active & Q(state__in=IN_STEPS)),
        review=Count("id", filter=active & Q(state=REVIEW)),
        suspended=Count("id", filter=Q(suspended=True)),
    )
    own = 0 if cards.own is None else cards.own.count()
    return Standing(len(cards.content) + own - sum(counted.values()), **counted)


def answer_s(owner: User) -> float | None:
    """The mean seconds between two answers of one sitting, of the newest; None for too few."""
    newest = Review.objects.filter(owner=owner, key__startswith=CARDS).order_by("-at")
    before = Window(Lag("at"), order_by=F("at").asc())
    gap = ExpressionWrapper(F("at") - before, output_field=DurationField())
    gaps = Review.objects.filter(pk__in=newest.values("pk")[:_MEASURED]).annotate(gap=gap)
    sat = gaps.filter(gap__gt=timedelta(0), gap__lte=timedelta(seconds=LONGEST_S))
    found: dict[str, Any] = sat.aggregate(mean=Avg("gap"), times=Count("id"))
    if found["times"] < _FEWEST:
        return None
    mean: timedelta = found["mean"]
    return mean.total_seconds()


def _in_use(owner: User, cards: Chosen) -> Any:
    return Item.objects.filter(cards.items, owner=owner, reviews__gt=0, suspended=False)


def _day(field: str, utc_offset_min: int) -> TruncDate:
    shift = timedelta(minutes=utc_offset_min) - DAY_BEGINS
    return TruncDate(F(field) + shift, tzinfo=UTC)
