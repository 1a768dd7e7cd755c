"""The list of a person's interviews, read from the summary rows."""

from collections.abc import Iterable

from trainer.accounts.models import User
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.catalog.schema import Pack
from trainer.interviews.models import Interview
from trainer.interviews.report.progress import Attempt, Series, progress
from trainer.interviews.selectors import interviews_of

CHARTED = 20  # finished attempts in the charts, the newest
MOST_OPEN = 100  # of the newest that are open, in their list


def attempts(interviews: Iterable[Interview]) -> list[Attempt]:
    """The rows of a list, in the order given."""
    return [_attempt(interview, _pack(interview.pack)) for interview in interviews]


def open_attempts(user: User) -> list[Attempt]:
    """What a person has opened and not finished, the newest first."""
    return attempts(interviews_of(user).exclude(status="finished")[:MOST_OPEN])


def progress_of(user: User) -> tuple[Series, ...]:
    """The charts over a person's last finished interviews."""
    finished = interviews_of(user).filter(status="finished")[:CHARTED]
    return progress(attempts(reversed(finished)))


def _pack(slug: str) -> Pack | None:
    """The pack of an old interview, which may have gone since."""
    try:
        return get_pack(slug)
    except UnknownPack:
        return None


def _attempt(interview: Interview, pack: Pack | None) -> Attempt:
    format_ = pack.format(interview.format_id) if pack else None
    return Attempt(
        id=interview.id,
        opened_at=interview.opened_at,
        format=format_.name if format_ else interview.format_id,
        level=interview.level,
        status=interview.status,
        questions=interview.questions_asked,
        questions_of=len(pack.clarify.essential) if pack else 0,
        covered=interview.points_checked,
        words=interview.words_said,
        used_min=interview.elapsed_s / 60,
        planned_min=None if interview.planned_s is None else interview.planned_s / 60,
    )
