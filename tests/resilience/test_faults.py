import threading

import pytest

from trainer.resilience import faults
from trainer.resilience.faults import BadFault, Fault, Faults, InjectedFault, parse, strike

PARTS = ("heavy", "light")


def test_what_comes_from_outside_becomes_values() -> None:
    given = {"heavy": {"kind": "slow", "delay_s": 1}, "light": {"kind": "hang"}}
    parsed = parse(given, PARTS)
    assert parsed == Faults({"heavy": Fault("slow", 1.0), "light": Fault("hang")})
    assert hash(parsed) == hash(parse(dict(reversed(given.items())), PARTS))
    assert parse({}, PARTS) == faults.NONE


def test_faults_cannot_be_changed() -> None:
    given = {"heavy": Fault("error")}
    parsed = Faults(given)
    given.clear()
    assert dict(parsed) == {"heavy": Fault("error")}
    with pytest.raises(TypeError):
        parsed["light"] = Fault("error")  # type: ignore[index]


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ([], "Faults are written"),
        ("heavy", "Faults are written"),
        ({"hevy": {"kind": "error"}}, "There is no part 'hevy': use one of heavy, light."),
        ({3: {"kind": "error"}}, "There is no part '3'"),
        ({"heavy": "error"}, "give its kind"),
        ({"heavy": {}}, "give its kind"),
        ({"heavy": {"kind": "error", "delay": 1}}, "give its kind"),
        ({"heavy": {"kind": "burn"}}, "'burn' is no fault: use one of slow, error, hang."),
        ({"heavy": {"kind": ["slow"]}}, "use one of slow, error, hang"),
        ({"heavy": {"kind": "slow"}}, "A delay of 0.0 s: give more than 0 and at most 10."),
        ({"heavy": {"kind": "slow", "delay_s": 1e9}}, "at most 10"),
        ({"heavy": {"kind": "slow", "delay_s": -1}}, "more than 0"),
        ({"heavy": {"kind": "slow", "delay_s": "1"}}, "'1' is no delay"),
        ({"heavy": {"kind": "slow", "delay_s": True}}, "'True' is no delay"),
        ({"heavy": {"kind": "slow", "delay_s": float("nan")}}, "'nan' is no delay"),
        ({"heavy": {"kind": "hang", "delay_s": 3}}, "leave delay_s out"),
    ],
)
def test_what_cannot_be_injected_is_refused_with_a_remedy(given: object, remedy: str) -> None:
    with pytest.raises(BadFault) as caught:
        parse(given, PARTS)
    assert remedy in str(caught.value)


def test_a_slow_part_goes_on_and_one_that_fails_says_why() -> None:
    strike(Fault("slow", 0.01), "heavy")
    with pytest.raises(InjectedFault, match="heavy fails: the fault 'error' was injected"):
        strike(Fault("error"), "heavy")


def test_a_part_that_hangs_does_not_answer_before_the_bound_and_then_fails(monkeypatch) -> None:
    monkeypatch.setattr(faults, "HANG_S", 0.05)
    with pytest.raises(InjectedFault, match="heavy did not answer"):
        strike(Fault("hang"), "heavy")


def test_a_hang_ends_when_it_is_stopped() -> None:
    stop, failed = threading.Event(), []

    def part() -> None:
        try:
            strike(Fault("hang"), "heavy", stop)
        except InjectedFault as error:
            failed.append(error)

    thread = threading.Thread(target=part)
    thread.start()
    assert thread.is_alive()
    stop.set()
    thread.join(timeout=5)
    assert len(failed) == 1


def test_only_the_named_part_is_struck() -> None:
    injected = Faults({"heavy": Fault("error")})
    injected.strike("light")
    with pytest.raises(InjectedFault):
        injected.strike("heavy")
