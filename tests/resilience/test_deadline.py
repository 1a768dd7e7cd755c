from trainer.resilience.deadline import Deadline


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_budget_runs_down_to_nothing_and_no_further() -> None:
    clock = Clock()
    deadline = Deadline(1.5, clock)
    assert (deadline.remaining_s, deadline.is_over) == (1.5, False)
    clock.now += 1.0
    assert (deadline.remaining_s, deadline.is_over) == (0.5, False)
    clock.now += 0.5
    assert (deadline.remaining_s, deadline.is_over) == (0.0, True)
    clock.now += 9.0
    assert (deadline.remaining_s, deadline.is_over) == (0.0, True)


def test_a_part_has_its_share_or_what_is_left() -> None:
    clock = Clock()
    deadline = Deadline(1.5, clock)
    assert deadline.share(0.6) == 0.6
    clock.now += 1.25
    assert deadline.share(0.6) == 0.25
    clock.now += 1.0
    assert deadline.share(0.6) == 0.0


def test_a_budget_of_nothing_is_over_at_once() -> None:
    assert Deadline(0.0, Clock()).is_over


def test_without_a_clock_it_is_the_machine_s_that_is_never_set_back() -> None:
    assert 3_599 < Deadline(3_600).remaining_s <= 3_600
