import pytest

from trainer.lib.benchmark import interleaved, percentile, spread


def test_every_round_runs_each_case_once_and_begins_with_another() -> None:
    order: list[str] = []
    found = interleaved({name: lambda name=name: order.append(name) for name in "abc"}, rounds=3)
    assert "".join(order) == "abcbcacab"
    assert set(found) == {"a", "b", "c"}


def test_a_case_gives_its_own_value_or_is_timed() -> None:
    given = iter([5.0, 1.0, 3.0])
    found = interleaved({"rate": lambda: next(given), "timed": lambda: None}, rounds=3)
    assert (found["rate"].median, found["rate"].least, found["rate"].most) == (3.0, 1.0, 5.0)
    assert found["rate"].rounds == 3
    assert found["timed"].least >= 0


def test_a_measured_zero_is_a_value_and_not_a_wish_to_be_timed() -> None:
    assert interleaved({"errors": lambda: 0.0}, rounds=1)["errors"].median == 0.0


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1.0), (50, 2.5), (100, 4.0), (99, 3.97), (25, 1.75)]
)
def test_a_percentile_lies_between_its_neighbours(percent: float, value: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], percent) == pytest.approx(value)


def test_one_value_is_every_percentile_and_its_own_spread() -> None:
    assert percentile([7.0], 99) == 7.0
    assert (spread([7.0]).least, spread([7.0]).most) == (7.0, 7.0)
