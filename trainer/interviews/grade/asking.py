"""Asking for the grade of an interview, once it is over. Never in the way of its end."""

import logging

from trainer.catalog.packs import get_pack
from trainer.grading import selectors, services
from trainer.grading.errors import GradingError
from trainer.grading.models import Grading
from trainer.interviews.models import Interview
from trainer.interviews.report.evidence import attempt
from trainer.interviews.state import State

log = logging.getLogger(__name__)


def subject_of(interview: Interview) -> str:
    """Under which an interview is graded."""
    return f"interview:{interview.id}"


def ask(interview: Interview, state: State) -> Grading | None:
    """The grading by today's rubric, asked for where it is not there; None where it cannot be."""
    wanted = attempt(state, get_pack(interview.pack))
    try:
        return services.request(subject_of(interview), wanted, interview.owner)
    except GradingError as error:
        log.warning("interview %s is not graded: %s", interview.id, error)
        return None


def asked(interview: Interview, state: State) -> Grading | None:
    """The newest grading. Where none was asked for yet, as nobody was there at the end, it is."""
    return newest(interview) or ask(interview, state)


def newest(interview: Interview) -> Grading | None:
    """The newest grading, if any."""
    return selectors.grading_of(subject_of(interview), interview.owner)


def again(interview: Interview, state: State) -> None:
    """Grade it anew: by today's rubric in a row of its own, or, where that one failed or fell
    back, in the same."""
    grading = ask(interview, state)
    if grading and services.may_repeat(grading):
        services.again(grading)


def last_graded(interview: Interview, grading: Grading | None) -> Grading | None:
    """What to show: the newest grading, or while it has no grade yet the one before it."""
    if grading is None or grading.graded is not None:
        return grading
    mine = Grading.objects.filter(owner=interview.owner, subject=subject_of(interview))
    return mine.filter(graded__isnull=False).order_by("-asked_at", "-id").first() or grading


def is_outdated(grading: Grading, pack: str) -> bool:
    """Whether points, patterns or weights have changed since. Raises UnknownPack."""
    return grading.rubric != selectors.rubric_of(pack)
