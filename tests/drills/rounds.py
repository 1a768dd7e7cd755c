"""Rounds as a visitor plays them, by their forms."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.drills.models import Round
from trainer.drills.selectors import log_of
from trainer.grading.grades import AnswerGrade, Grade, PointGrade, Quote
from trainer.grading.models import Grading
from trainer.lib import clock

SLUG = "twitter"


class Player:
    """Somebody at one round. Every form carries the key of a page of its own."""

    def __init__(self, drill: str, item: str = "", client: Client | None = None) -> None:
        self.client = client or Client()
        self.pages = 0
        self.seen: list[str] = []  # the text of every response
        fields = {"item": item} if item else {}
        answer = self.client.post(f"/drills/{SLUG}/{drill}/", fields, follow=True)
        self.seen.append(answer.content.decode())
        self.round = Round.objects.order_by("-started_at").first()
        assert self.round is not None

    @property
    def address(self) -> str:
        return f"/drills/rounds/{self.round.id}/"

    @property
    def owner(self) -> User:
        return self.round.owner

    def send(self, command: str, **fields: str) -> Any:
        """Sends a form, and looks at what follows."""
        self.pages += 1
        fields = {"key": f"page-{self.pages}", **fields}
        answer = self.client.post(f"{self.address}{command}/", fields, follow=True)
        self.seen.append(answer.content.decode())
        return answer

    def page(self) -> str:
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        self.seen.append(answer.content.decode())
        return self.seen[-1]

    def kinds(self) -> list[str]:
        return [event.kind for event in log_of(self.round).events]

    def earlier(self, seconds: float) -> None:
        """As if everything of the round had been so long ago."""
        moved = timedelta(seconds=seconds)
        Round.objects.filter(pk=self.round.pk).update(started_at=self.round.started_at - moved)
        for event in self.round.log.all():
            event.at -= moved
            event.save(update_fields=["at"])

    def graded(self, n: int, covered: Iterable[str], why_not: str = "") -> None:
        """The grading of the nth answer ends so, its quotes being the first words."""
        row = Grading.objects.get(subject=f"drill:{self.round.id}:{n}", owner=self.owner)
        row.graded = asdict(grade_of(row, set(covered), why_not))
        row.state, row.done, row.finished_at = Grading.State.DONE, 1, clock.now()
        row.save()


def grade_of(row: Grading, covered: set[str], why_not: str) -> Grade:
    answer = row.attempt.answers[0]
    quote = answer.words[0].text[:20]
    points = tuple(
        PointGrade(each.id, True, Quote("message", 1, 0, len(quote), quote), 0.9)
        if each.id in covered
        else PointGrade(each.id, False, None, 0.1)
        for each in answer.points
    )
    judged = AnswerGrade(answer.topic, () if why_not else points, why_not)
    return Grade("offline", "fitted", row.rubric, "", (judged,))


def wanted_pack() -> Any:
    return get_pack(SLUG)


def at(player: Player, seconds: float) -> datetime:
    return player.round.started_at + timedelta(seconds=seconds)
