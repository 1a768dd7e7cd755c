"""Attempts and runs, as their owner may see them."""

from collections.abc import Sequence

from trainer.lab.models import ACTIVE, Attempt, Run


def open_attempt(owner_id: int | None, pack: str, lab: str) -> Attempt | None:
    """The one under way, if any."""
    if owner_id is None:
        return None
    mine = Attempt.objects.filter(owner_id=owner_id, pack=pack, lab=lab, closed_at=None)
    return mine.order_by("-predicted_at", "-id").first()


def run_of(owner_id: int | None, run_id: str) -> Run | None:
    """The run of that id, if it is this person's."""
    if owner_id is None:
        return None
    mine = Run.objects.select_related("attempt").filter(attempt__owner_id=owner_id)
    return mine.filter(id=run_id).first()


def newest_run(attempt: Attempt) -> Run | None:
    return attempt.runs.order_by("-number").first()


def first_done(attempt: Attempt) -> Run | None:
    """The run with which the prediction is compared."""
    return attempt.runs.filter(state=Run.State.DONE).order_by("number").first()


def active_run(owner_id: int) -> Run | None:
    """The run of this person that waits or runs, in whatever lab, unless it is about to stop."""
    mine = Run.objects.select_related("attempt").filter(attempt__owner_id=owner_id)
    return mine.filter(state__in=ACTIVE, stop_asked=False).order_by("number").first()


def states(owner_id: int | None, pack: str) -> dict[str, str]:
    """By lab: "predicted" or "run", where this person has done so."""
    if owner_id is None:
        return {}
    mine = Attempt.objects.filter(owner_id=owner_id, pack=pack).order_by("measured_at")
    rows = mine.values_list("lab", "measured_at")
    found = {lab: "predicted" for lab, at in rows if at is None}
    return found | {lab: "run" for lab, at in rows if at is not None}


def measured_attempts(owner_id: int | None) -> Sequence[Attempt]:
    """All with a measured figure, oldest first."""
    if owner_id is None:
        return ()
    mine = Attempt.objects.filter(owner_id=owner_id, measured__isnull=False)
    return list(mine.order_by("measured_at"))
