"""`bench cards`: what one answer takes, as the study page sends it, at 10,000 cards.

The whole request runs in this process: middleware, session, the answer, the next cards as HTML.
Beside it the same request of a person with 10 cards, and the bare SQL of the same effect.
"""

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from itertools import cycle
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from trainer.accounts.guests import MODEL_BACKEND
from trainer.accounts.models import User
from trainer.cards.benches.ground import people
from trainer.cards.views.person import name_of
from trainer.lib import clock
from trainer.lib.benchmark import (
    Bench,
    CannotMeasure,
    Result,
    Row,
    interleaved,
    percentile,
    spread,
    whole,
)
from trainer.lib.ids import new_id
from trainer.schedule.memory import REVIEW
from trainer.schedule.models import Item

CARDS: Final = 10_000
REVIEWS: Final = 200_000
FEW: Final = (10, 200)
ANSWERS: Final = 50  # a round
GOAL_MS: Final = 50
_RATINGS: Final = (3, 3, 4, 3, 1)  # one in five was forgotten
MANY, LITTLE, BARE = "many cards", "10 cards", "bare query"

_NEXT: Final = """
SELECT key FROM schedule_item
WHERE owner_id = %s AND state = %s AND NOT suspended AND due < %s ORDER BY due LIMIT 1
"""
_TAKE: Final = """
UPDATE schedule_item SET due = %s, reviewed_at = %s, reviews = reviews + 1
WHERE owner_id = %s AND key = %s
"""
_KEEP: Final = """
INSERT INTO schedule_review (owner_id, key, at, rating, once, state_before)
VALUES (%s, %s, %s, 3, %s, 2)
"""


class Page:
    """The study page of a person, as its script behaves: it holds cards, answers the first of them,
    and asks in the same request for what comes next."""

    def __init__(self, owner: User) -> None:
        secure = settings.SITE_URL.startswith("https:")
        host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
        self.client = Client(SERVER_NAME=host)
        self.client.force_login(owner, backend=MODEL_BACKEND)
        self.extra: dict[str, Any] = {"secure": secure, "content_type": "application/json"}
        self.state: dict[str, Any] = {"person": name_of(owner), "have": [], "topic": ""}
        self.ratings = cycle(_RATINGS)
        self.all = cycle(Item.objects.filter(owner=owner).values_list("key", flat=True)[:10])
        self.queue: list[str] = self._sent([])["queue"]
        self.answered = 0

    def answer(self) -> None:
        """Raises CannotMeasure where the site does not take it."""
        key = self.queue[0] if self.queue else next(self.all)
        given = {
            "once": new_id(),
            "key": key,
            "rating": next(self.ratings),
            "at": clock.now().isoformat(),
        }
        self.state["have"] = [each for each in self.queue if each != key]
        reply = self._sent([given])
        if reply["took"] != [given["once"]]:
            raise CannotMeasure(f"The site did not take an answer: {reply['refused']}")
        self.queue = reply["queue"]
        self.answered += 1

    def _sent(self, answers: list[dict[str, Any]]) -> dict[str, Any]:
        body = json.dumps({"answers": answers, **self.state})
        response = self.client.post(reverse("cards:answers"), body, **self.extra)
        if response.status_code != HTTPStatus.OK:
            raise CannotMeasure(f"The site answered {response.status_code} to an answer.")
        reply: dict[str, Any] = response.json()
        return reply


def bare(owner: User, now: datetime) -> None:
    """The next card, its new due date and the answer, in three statements and one commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEXT, [owner.pk, REVIEW, now + timedelta(days=1)])
        (key,) = cursor.fetchone()
        cursor.execute(_TAKE, [now + timedelta(days=10), now, owner.pk, key])
        cursor.execute(_KEEP, [owner.pk, key, now, new_id()])


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the site does not take an answer."""
    now = clock.now()
    with people(now, (options.cards, options.reviews), FEW) as (many, few):
        pages = {MANY: Page(many), LITTLE: Page(few)}
        cases: dict[str, Callable[[], None]] = {
            **{name: page.answer for name, page in pages.items()},
            BARE: lambda: bare(many, clock.now()),
        }
        for case in cases.values():  # what is read once, such as the deck and templates, is read
            case()
        taken: dict[str, list[list[float]]] = {name: [] for name in cases}
        rounds = {
            name: partial(_round, case, options.answers, taken[name])
            for name, case in cases.items()
        }
        interleaved(rounds, options.rounds)
        return _result(taken, options)


def _round(case: Callable[[], None], times: int, taken: list[list[float]]) -> float:
    taken.append([_ms(case) for _ in range(times)])
    return percentile(taken[-1], 50)


def _ms(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _result(taken: Mapping[str, list[list[float]]], options: Namespace) -> Result:
    figures: dict[str, float] = {}
    rows: list[Row] = []
    for name, rounds in taken.items():
        for label, percent in (("p50", 50), ("p95", 95), ("max", 100)):
            found = spread([percentile(each, percent) for each in rounds])
            rows.append(Row(f"{name}, {label}", "ms", found))
            worst = max(max(each) for each in rounds)
            figure = worst if label == "max" else found.median
            figures[f"{name.replace(' ', '_')}_{label}_ms"] = figure
    p50 = {
        name: percentile([ms for each in rounds for ms in each], 50)
        for name, rounds in taken.items()
    }
    return Result(
        ratios={
            "many_vs_10_cards_p50": p50[MANY] / p50[LITTLE],
            "many_vs_bare_p50": p50[MANY] / p50[BARE],
        },
        figures=figures,
        rows=rows,
        lines=[
            f"Many: {options.cards:,} own cards, {options.reviews:,} reviews. "
            f"{options.answers} answers a round; the goal for one is under {GOAL_MS} ms."
        ],
    )


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cards", type=whole, default=CARDS, help=f"default: {CARDS:,}")
    parser.add_argument("--reviews", type=whole, default=REVIEWS, help=f"default: {REVIEWS:,}")
    parser.add_argument(
        "--answers", type=whole, default=ANSWERS, help=f"a round; default: {ANSWERS}"
    )


BENCH = Bench(
    "what answering a card takes, with 10,000 cards and 200,000 reviews", run, _add_arguments
)
