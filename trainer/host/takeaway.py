"""What a person takes along of scorecards, what goes when they leave, and the export's part."""

from typing import Any

from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.host.beside import Beside, Machine, Row, beside
from trainer.host.models import Draft, Invitation, Scorecard
from trainer.host.selectors import cards_of
from trainer.interviews.models import Interview
from trainer.interviews.report.fences import fenced


def scorecards(person: User) -> dict[str, object]:
    """Exporter "scorecards": invitations made and accepted, what they scored, and what others
    scored of their interviews."""
    received = Scorecard.objects.filter(interview__owner=person).exclude(rater=person)
    return {
        "invitations_made": _rows(
            Invitation.objects.filter(made_by=person),
            *("interview_id", "label", "made_at", "expires_at", "revoked_at", "accepted_at"),
        ),
        "invitations_accepted": _rows(
            Invitation.objects.filter(accepted_by=person), "interview_id", "label", "accepted_at"
        ),
        "drafts": _rows(
            Draft.objects.filter(rater=person), "interview_id", "content", "other", "saved_at"
        ),
        "submitted": _rows(
            Scorecard.objects.filter(rater=person), "interview_id", "content", "submitted_at"
        ),
        "received": _rows(received, "interview_id", "who", "content", "submitted_at"),
    }


def _rows(found: QuerySet[Any], *names: str) -> list[dict[str, object]]:
    return list(found.values(*names))


def forget(person: User) -> None:
    """Their submitted scorecards too, which else stay in the reports of those whom they scored."""
    Scorecard.objects.filter(rater=person).delete()


def appendix(interview: Interview) -> list[str]:
    """Of the interview's export: each submitted scorecard."""
    found: list[str] = []
    for card in beside(cards_of(interview), Machine(False, {})):
        found += _written(card)
    return ["## Interviewers' scorecards", *found] if found else []


def _written(card: Beside) -> list[str]:
    parts = [f"### Submitted on {card.at.day} {card.at:%B %Y}", f"By:\n\n{fenced(card.who)}"]
    parts.append(f"Verdict: {card.verdict.rater}.")
    for row in card.rows:
        parts += _mark(row)
    for point in card.points:
        verb = "covered" if point.covered else "not covered"
        parts += [f"Point {point.id}: {verb}, because", fenced(point.reason)]
    return [*parts, *(["Comments:", fenced(card.comment)] if card.comment else [])]


def _mark(row: Row) -> list[str]:
    parts = [f"**{row.name}:** {row.rater}."]
    if row.mark is None:
        return parts
    for span in row.mark.evidence:
        where = f"line {span.seq}" if span.seq else "the outline"
        parts += [f"Tied to {where}:", fenced(span.text)]
    return [*parts, *([fenced(row.mark.comment)] if row.mark.comment else [])]
