"""What the front page says of cards and of the interview's date."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from trainer.accounts.models import User
from trainer.cards.planning import Kind, exercise
from trainer.cards.queue import Left, queue
from trainer.cards.settings_form import DateForm
from trainer.cards.views.plan import date_form
from trainer.lib import clock
from trainer.schedule.models import Item, Preferences
from trainer.schedule.selectors import preferences
from trainer.schedule.terms import day_of


@dataclass(frozen=True)
class Studying:
    """`left`: cards of today. `started`: whether a card was ever answered. `form` asks for the
    interview's date (None: it was asked for). `days`: until the interview (below 0: since it;
    None: without a date), on the day `on`."""

    left: Left
    started: bool
    form: DateForm | None
    on: date | None
    days: int | None

    @property
    def due(self) -> int:
        """Cards that come back today, without new ones."""
        return self.left.learning + self.left.review

    @property
    def exercise(self) -> Kind | None:
        """Of today, by the plan."""
        return None if self.days is None or self.days < 0 else exercise(self.days)


def studying(user: User | AnonymousUser) -> Studying | None:
    """None for who is not known."""
    if not isinstance(user, User):
        return None
    now, own = clock.now(), preferences(user)
    today = day_of(now, own.utc_offset_min)
    started = Item.objects.filter(owner=user, stepped=True, reviews__gt=0).exists()
    return Studying(
        queue(user, now, limit=1).left,
        started,
        None if own.interview_asked or own.interview_on else date_form(own, today),
        own.interview_on,
        _days(own, today),
    )


def _days(own: Preferences, today: date) -> int | None:
    return (own.interview_on - today).days if own.interview_on else None
