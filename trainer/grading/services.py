"""Asking for a grade, and asking again."""

import hashlib
import json
import re
from dataclasses import asdict
from typing import Final, cast

from django.conf import settings
from django.db import transaction

from trainer.accounts.models import User
from trainer.grading import selectors
from trainer.grading.attempts import Attempt
from trainer.grading.errors import AttemptTooLong
from trainer.grading.models import Grading
from trainer.grading.tasks import ask_for
from trainer.lib import clock

MOST_CHARACTERS: Final = 200_000  # of all answers together

UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def request(subject: str, attempt: Attempt, owner: User) -> Grading:
    """Have the attempt graded; the same attempt by the same rubric is the same row.

    The task is sent when the current transaction commits. Raises AttemptTooLong, UnknownPack.
    """
    _check_length(attempt)
    frozen = _frozen(attempt)
    with transaction.atomic():
        grading, is_new = Grading.objects.get_or_create(
            owner=owner,
            subject=subject,
            attempt_hash=_hash(frozen),
            rubric=selectors.rubric_of(attempt.pack),
            defaults={"frozen": frozen, "total": len(attempt.answers), "asked_at": clock.now()},
        )
        if is_new:
            ask_for(grading.id)
    return grading


def again(grading: Grading) -> Grading:
    """Grade it anew, in the same row; the old grade stays until the new one is there. What waits
    or runs already is left as it is."""
    with transaction.atomic():
        ended = Grading.objects.filter(
            pk=grading.pk, state__in=[Grading.State.DONE, Grading.State.FAILED]
        )
        if ended.update(
            state=Grading.State.QUEUED,
            asked_at=clock.now(),
            started_at=None,
            finished_at=None,
            done=0,
            tries=0,
            trouble="",
        ):
            ask_for(grading.id)
    grading.refresh_from_db()
    return grading


def may_repeat(grading: Grading) -> bool:
    """Whether asking again could give something better than what is there."""
    if grading.is_active:
        return False
    grade = grading.grade
    return grade is None or bool(settings.GRADER_MODEL and grade.grader == "offline")


def _check_length(attempt: Attempt) -> None:
    length = sum(len(words.text) for answer in attempt.answers for words in answer.words)
    if length > MOST_CHARACTERS:
        raise AttemptTooLong(
            f"{length:,} characters are more than the {MOST_CHARACTERS:,} that are graded at once: "
            "shorten the text."
        )


def _frozen(attempt: Attempt) -> dict[str, object]:
    """As JSON that Postgres takes: NUL and halves of characters become as many signs that stand
    for the unreadable, so that all places stay what they are."""
    return cast(dict[str, object], _storable(asdict(attempt)))


def _storable(value: object) -> object:
    if isinstance(value, str):
        return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_storable(each) for each in value]
    return value


def _hash(frozen: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(frozen, sort_keys=True).encode()).hexdigest()
