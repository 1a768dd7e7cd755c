from trainer.resilience.deadline import Deadline


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_budget_runs_down_to_nothing_and_no_further() -> None:
    clock = Clock()
    deadline = Deadline(1.5, clock)
    assert deadline.remaining_s == 1.5
    clock.now += 1.0
    assert deadline.remaining_s == 0.5
    clock.now += 0.5
    assert deadline.remaining_s == 0.0
    clock.now += 9.0
    assert deadline.remaining_s == 0.0


def test_without_a_clock_it_is_the_machine_s_that_is_never_set_back() -> None:
    assert 3_599 < Deadline(3_600).remaining_s <= 3_600
