"""Attempts and runs for tests, and a lab whose code a test chooses."""

from collections.abc import Callable
from datetime import datetime

import pytest

from trainer.accounts.models import User
from trainer.catalog.lab_schema import Lab
from trainer.catalog.packs import get_pack
from trainer.lab import labs, services
from trainer.lab.models import Attempt, Run
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.lib import clock

SLUG = "threshold-at-scale"


def the_lab() -> Lab:
    """One that needs neither a world nor a sandbox."""
    lab = get_pack("twitter").lab(SLUG)
    assert lab is not None
    return lab


def give_all(stage: Stage) -> None:
    """Every figure that the content of the lab lists, at once."""
    for figure in the_lab().figures:
        stage.figure(figure.id, 10.0)


def runs_as(
    patch: pytest.MonkeyPatch, run: Callable[[Stage], None], *, timing: bool = False, **more: float
) -> None:
    """Let the lab do something else, in this process."""
    name = the_lab().runs
    patch.setitem(labs.BY_NAME, name, LabCode(name, run, Needs.NOTHING, timing=timing, **more))


def predicted(owner: User, value: float | None = 100.0, now: datetime | None = None) -> Attempt:
    return services.predict(
        owner.pk,
        "twitter",
        the_lab(),
        typed="100",
        value=value,
        interview=None,
        now=now or clock.now(),
    )


def queued(owner: User, now: datetime | None = None) -> Run:
    """A run that waits, with the default inputs."""
    lab = the_lab()
    values = {control.id: control.default for control in lab.controls}
    return services.start(predicted(owner), lab, values, now or clock.now())


def someone(name: str) -> User:
    return User.objects.create(username=name, is_guest=True)
