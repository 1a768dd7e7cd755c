"""How often a visitor may ask, on a real Redis."""

import secrets

import pytest

from trainer.lab.limits import A_VISITOR, AN_ADDRESS, ask
from trainer.resilience.pausing import PAUSE_S, Pause
from trainer.resilience.redis_clients import client, rebuildable

pytestmark = pytest.mark.usefixtures("servers")
NOWHERE = client("redis://127.0.0.1:1/0")


@pytest.fixture
def address() -> str:
    return f"10.0.0.1-{secrets.token_hex(4)}"


def asked_until_refused(session: str | None, address: str) -> int:
    count = 0
    while ask(rebuildable(), session, address).allowed:
        count += 1
    return count


def test_a_visitor_is_refused_after_a_minutes_worth_and_told_how_long(address: str) -> None:
    session = f"{address} a session"
    assert asked_until_refused(session, address) >= A_VISITOR.capacity
    assert ask(rebuildable(), session, address).retry_after_header == 1


def test_another_visitor_behind_the_same_address_is_not_disturbed(address: str) -> None:
    asked_until_refused(f"{address} first", address)
    assert ask(rebuildable(), f"{address} second", address).allowed


def test_without_a_session_the_address_is_the_visitor(address: str) -> None:
    asked_until_refused(None, address)
    assert not ask(rebuildable(), None, address).allowed
    assert ask(rebuildable(), None, f"{address} another").allowed


def test_a_script_that_makes_up_sessions_is_stopped_at_its_address(address: str) -> None:
    allowed = [
        ask(rebuildable(), f"{address} {number}", address).allowed
        for number in range(2 * AN_ADDRESS.capacity)
    ]
    assert all(allowed[: AN_ADDRESS.capacity])
    assert not all(allowed)


def test_no_key_holds_a_session(address: str) -> None:
    ask(rebuildable(), "a-very-secret-session", address)
    assert not list(rebuildable().scan_iter(match="*secret*", count=1_000))


def test_without_redis_everybody_gets_in(address: str) -> None:
    assert ask(NOWHERE, "a session", address, Pause()).allowed


def test_redis_is_left_alone_for_a_while_once_it_was_away(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = [1.0]
    pause = Pause(lambda: seconds[0])
    for _ in range(3):
        assert ask(NOWHERE, "a session", address, pause).allowed
    assert len(caplog.records) == 1
    seconds[0] += PAUSE_S
    assert ask(rebuildable(), f"{address} a session", address, pause).is_counted
    assert ask(rebuildable(), f"{address} a session", address, pause).is_counted
