"""How often a visitor may ask, on a real Redis."""

import secrets

import pytest

from trainer.lab.limits import A_VISITOR, AN_ADDRESS, ask
from trainer.resilience.redis_clients import client, rebuildable

pytestmark = pytest.mark.usefixtures("servers")


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
    assert ask(client("redis://127.0.0.1:1/0"), "a session", address).allowed
