"""How far an artefact is, as others see it."""

import pytest

from tests.twitter.village import build
from trainer.lib import clock
from trainer.twitter.columns.locks import alone, is_being_made
from trainer.twitter.columns.models import Artefact
from trainer.twitter.columns.standing import Standing, standing
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
NAME, FORMAT = "rankers", 3
MAKING, READY, FAILED = Artefact.State.MAKING, Artefact.State.READY, Artefact.State.FAILED
USABLE = {"version": "v1", "format": FORMAT}


@pytest.fixture
def base() -> World:
    return build().world


def row(
    base: World, state: str, step: str = "", version: str = "", format: int = 0, name: str = NAME
) -> None:
    Artefact.objects.create(
        world_id=base.id,
        name=name,
        format=format,
        version=version,
        state=state,
        step=step,
        progress=0.4,
        made_at=clock.now(),
    )


def seen(base: World) -> Standing:
    return standing(base.id, {NAME: FORMAT})


def test_what_nobody_began_is_absent(base: World) -> None:
    assert seen(base) == Standing("absent")


def test_while_it_is_made_its_step_is_told(base: World) -> None:
    row(base, MAKING, "training")
    with alone(base, NAME):
        assert seen(base) == Standing("making", "training", 0.4)


def test_making_that_nobody_does_any_more_has_failed(base: World) -> None:
    row(base, MAKING, "training")
    with alone(base, "another"):
        assert seen(base) == Standing("failed", "it was interrupted")


def test_a_failure_is_told_with_its_reason(base: World) -> None:
    row(base, FAILED, "no room")
    assert seen(base) == Standing("failed", "no room")


@pytest.mark.parametrize("state", [READY, FAILED, MAKING])
def test_what_can_be_used_is_ready_whatever_became_of_a_newer_one(base: World, state: str) -> None:
    row(base, state, "no room", **USABLE)
    assert seen(base) == Standing("ready", share=1.0)


def test_a_newer_one_that_is_being_made_is_told(base: World) -> None:
    row(base, MAKING, "training", **USABLE)
    with alone(base, NAME):
        assert seen(base).state == "making"


def test_what_another_release_made_is_absent(base: World) -> None:
    row(base, READY, version="v1", format=FORMAT - 1)
    assert seen(base) == Standing("absent", "it was made by another release")


def test_what_is_made_together_is_ready_together(base: World) -> None:
    formats = {"first": FORMAT, NAME: FORMAT}
    row(base, READY, **USABLE)
    assert standing(base.id, formats).state == "absent"
    row(base, READY, name="first", **USABLE)
    assert standing(base.id, formats).state == "ready"
    assert standing(base.id, formats | {"first": FORMAT + 1}).state == "absent"


def test_the_lock_is_free_when_its_holder_is_gone(base: World) -> None:
    with alone(base, NAME):
        assert is_being_made(base.id, NAME)
    assert not is_being_made(base.id, NAME)
