"""Doing a grading in a worker: answer by answer, to an end of one kind or another."""

import logging
from dataclasses import asdict

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError

from trainer.catalog.packs import UnknownPack
from trainer.grading import graders, queue
from trainer.grading.grades import Grade
from trainer.grading.models import Grading
from trainer.lib import clock
from trainer.resilience.deadline import Deadline

TASK_S = 43.0  # Celery stops a task after 50; the rest is for an offline grade
OURS = "The grading failed, and not by your doing; it is logged. Ask for it again."
GONE = "The content of this question is no longer on this site, so it cannot be graded."

log = logging.getLogger(__name__)


def work(id: str) -> bool:
    """Grade it, if it waits; whether anything was done. What a task has no time for waits for
    the next."""
    deadline = Deadline(TASK_S)
    grading = queue.take(id, clock.now(), at_once=queue.at_once())
    if grading is None:
        return False
    try:
        _end(grading, _grade(grading, deadline))
    except graders.OutOfTime:
        queue.put_back(grading)
    except UnknownPack:
        _fail(grading, GONE)
    except (OperationalError, InterfaceError, IntegrityError) as error:
        # Postgres is away, and could not be told of an end either; or the owner is gone, or has
        # become another, since it began. When its lease is over, what is still there begins again.
        log.warning("grading %s was cut off: %s", grading.id, type(error).__name__)
    except Exception:  # the outermost loop of a grading: the worker goes on
        log.exception("grading %s failed", grading.id)
        _fail(grading, OURS)
    return True


def _grade(grading: Grading, deadline: Deadline) -> Grade:
    attempt = grading.attempt

    def told(done: int) -> None:
        if done > grading.done:  # a task before this one may have come further
            queue.update(grading, done=done)

    if not settings.GRADER_MODEL:
        return graders.offline(attempt, told)
    # openai takes a second and 36 MB to import, of which sites without a model are spared.
    from trainer.grading import graders_llm  # noqa: PLC0415

    return graders_llm.by_model(attempt, grading.owner_id, deadline, told)


def _end(grading: Grading, grade: Grade) -> None:
    queue.update(
        grading,
        state=Grading.State.DONE,
        graded=asdict(grade),
        done=len(grade.answers),
        trouble="",
        finished_at=clock.now(),
        lease_until=None,
    )


def _fail(grading: Grading, why: str) -> None:
    queue.update(
        grading,
        state=Grading.State.FAILED,
        trouble=why,
        finished_at=clock.now(),
        lease_until=None,
    )
