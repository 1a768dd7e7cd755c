"""What a visitor does in a lab: predict, run, stop, reset."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from trainer.accounts.models import User
from trainer.catalog.lab_schema import Lab
from trainer.interviews.models import Interview
from trainer.lab import bases, labs, notices, overlays, queue, sandbox
from trainer.lab.given import Value
from trainer.lab.models import ACTIVE, Attempt, Run
from trainer.lab.selectors import active_run, open_attempt
from trainer.lab.stage import LabCode, LabError, Needs
from trainer.lab.tasks import ask_for_work

KEPT_RUNS = 5  # of an attempt, besides the first that was done
NO_SANDBOX = (
    "This lab stops processes, so it runs in a sandbox, and none answers on this site. Whoever runs"
    " the site starts one with `SANDBOXES=1`."
)


def predict(
    owner_id: int,
    pack: str,
    lab: Lab,
    *,
    typed: str,
    value: float | None,
    interview: Interview | None,
    now: datetime,
) -> Attempt:
    """Commit a prediction (None: no idea). It cannot be changed, and where there is one already it
    stands; a reset begins anew."""
    with _one_by_one(owner_id):
        if (earlier := open_attempt(owner_id, pack, lab.slug)) is not None:
            return earlier
        return Attempt.objects.create(
            owner_id=owner_id,
            pack=pack,
            lab=lab.slug,
            interview=interview,
            predicted=value,
            predicted_text=typed[:60],
            predicted_at=now,
            used_at=now,
        )


def hindrance(lab: Lab) -> str:
    """Why the lab cannot run just now; "" when it can."""
    return hindrances([lab])[lab.slug]


def hindrances(several: Sequence[Lab]) -> dict[str, str]:
    """The same by slug, with every question asked once."""
    codes = {lab.slug: labs.BY_NAME.get(lab.runs) for lab in several}
    needed = {code.needs for code in codes.values() if code}
    bases_by_need = {needs: bases.choose(needs) for needs in needed}
    has_sandbox = any(code and code.sandbox for code in codes.values()) and sandbox.available()
    return {
        slug: _why_not(code, bases_by_need, has_sandbox=has_sandbox) for slug, code in codes.items()
    }


def _why_not(
    code: LabCode | None, found: Mapping[Needs, bases.Base | None], *, has_sandbox: bool
) -> str:
    if code is None:
        return "This site has no code for it: choose another lab."
    if code.sandbox and not has_sandbox:
        return NO_SANDBOX
    if found[code.needs] is None:
        return f"{bases.building().sentence} Come back in a minute."
    return ""


def start(attempt: Attempt, lab: Lab, values: Mapping[str, Value], now: datetime) -> Run:
    """Queue a run. Raises LabError with what stands in the way."""
    if reason := hindrance(lab):
        raise LabError(reason)
    code, base = labs.BY_NAME[lab.runs], bases.choose(labs.BY_NAME[lab.runs].needs)
    with _one_by_one(attempt.owner_id):
        _may_wait(attempt)
        _forget_old(attempt)
        Attempt.objects.filter(pk=attempt.pk).update(used_at=now)
        run = Run.objects.create(
            attempt=attempt,
            queue=queue.SANDBOX if code.sandbox else queue.ORDINARY,
            is_timing=code.timing,
            base=base.name if base else "",
            accounts=base.accounts if base else 0,
            values=dict(values),
            queued_at=now,
        )
        ask_for_work(run.queue)
    return run


def _may_wait(attempt: Attempt) -> None:
    """Raises LabError where the attempt is over, its owner has another run, or too many wait."""
    if Attempt.objects.filter(pk=attempt.pk, closed_at=None).first() is None:
        raise LabError("This experiment was reset, in another tab perhaps: predict anew.")
    if (other := active_run(attempt.owner_id)) is not None:
        where = "this lab" if other.attempt_id == attempt.pk else f"the lab {other.attempt.lab!r}"
        raise LabError(f"You have a run going in {where}: wait for its end, or stop it.")
    if queue.is_full():
        raise LabError("Too many runs wait already: try again in a few minutes.")


def _forget_old(attempt: Attempt) -> None:
    """All runs but the first that was done and the newest few."""
    numbers = list(attempt.runs.order_by("-number").values_list("number", "state"))
    done = [number for number, state in numbers if state == Run.State.DONE]
    kept = {number for number, _ in numbers[: KEPT_RUNS - 1]} | set(done[-1:])
    attempt.runs.exclude(number__in=kept).delete()


def stop(run: Run, now: datetime) -> None:
    """At once where it waits; else at the next thing that it tells."""
    mine = Run.objects.filter(pk=run.pk, state__in=ACTIVE)
    mine.update(stop_asked=True)  # first: a run that is taken or begun again meanwhile knows it
    mine.filter(state=Run.State.QUEUED).update(
        state=Run.State.STOPPED, ended_at=now, error=queue.STOPPED
    )
    notices.notify(run.id)


def reset(attempt: Attempt, now: datetime) -> None:
    """End the attempt: its run is stopped, its worlds are dropped, and the lab begins anew."""
    with _one_by_one(attempt.owner_id):
        same = Attempt.objects.filter(owner=attempt.owner_id, pack=attempt.pack, lab=attempt.lab)
        closed = list(same.filter(closed_at=None))
        same.filter(closed_at=None).update(closed_at=now)
    for each in closed:
        for run in each.runs.filter(state__in=ACTIVE):
            stop(run, now)
        overlays.drop(each)


@contextmanager
def _one_by_one(owner_id: int) -> Iterator[None]:
    """What one person does at once, in two tabs say, is done one thing after the other."""
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=owner_id).values_list("pk"))
        yield
