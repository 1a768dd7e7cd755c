import pytest

from trainer.capacity.contradictions import contradictions
from trainer.capacity.growth import scaling_table, utilisations
from trainer.capacity.inputs import Inputs


def test_at_ten_and_a_hundred_times_what_grows_grows_as_often_and_a_latency_does_not():
    for row in scaling_table(Inputs()):
        factors = [value / row.values[0] for value in row.values]
        expected = [1, 1, 1] if row.unit == "ms" else [1, 10, 100]
        assert factors == pytest.approx(expected), row.name


def test_the_table_takes_other_factors_and_figures():
    (row,) = scaling_table(Inputs(), factors=[1, 2], names=["timeline_qps"])
    assert row.values == pytest.approx((175_000, 350_000))


def test_search_in_the_worst_case_is_broken_before_any_growth():
    first = utilisations(Inputs())[0]
    assert first.figure.name == "search_used"
    assert first.is_exceeded
    assert first.used == pytest.approx(1.31)


def test_of_what_grows_the_reads_break_first_as_their_capacity_is_the_told_peak():
    growing = [each for each in utilisations(Inputs()) if not each.is_exceeded]
    assert growing[0].figure.name == "reads_used"
    assert growing[0].breaks_at == pytest.approx(1)


def test_a_site_grown_until_a_resource_breaks_uses_all_of_it():
    for each in utilisations(Inputs()):
        if each.figure.name != "search_used" and each.breaks_at < 1_000:
            grown = utilisations(Inputs().grown(each.breaks_at))
            used = {other.figure.name: other.used for other in grown}
            assert used[each.figure.name] == pytest.approx(1)


def test_a_latency_within_its_promise_never_breaks_by_growth_and_stands_last():
    last = utilisations(Inputs(refresh_default_ms=500))[-1]
    assert last.figure.name == "search_used"
    assert last.breaks_at is None


def test_more_capacity_moves_the_break_away():
    more = utilisations(Inputs(ranking_cores=50e6))
    by_name = {each.figure.name: each for each in more}
    assert by_name["ranking_used"].breaks_at == pytest.approx(2.29, rel=0.01)


def test_scaling_twice_tells_ten_times_too_much():
    found = {(each.told_name, each.follows_name): each for each in contradictions(Inputs())}
    for name in ("told_writes_after", "told_qps_after", "told_index_after"):
        (each,) = (each for each in found.values() if each.told_name == name)
        assert each.factor == pytest.approx(10)
        assert not each.agrees


@pytest.mark.parametrize(
    ("told", "follows", "factor"),
    [
        ("claimed_saving", "naive_writes", 2.857),
        ("claimed_saving", "saved_writes", 57.14),
        ("loads_per_day", "ranking_runs_per_day", 3.024),
        ("storm_writes", "storm_writes_at_average", 1.4286),
        ("search_sla_ms", "search_worst_ms", 0.7634),
    ],
)
def test_what_is_told_against_what_follows(told, follows, factor):
    found = {(each.told_name, each.follows_name): each for each in contradictions(Inputs())}
    assert found[told, follows].factor == pytest.approx(factor, rel=1e-3)


def test_inputs_that_agree_contradict_nothing():
    settled = Inputs(growth=1, storm_followers=700, claimed_saving=17.5e9, loads_per_dau=20,
                     refresh_default_ms=690)  # fmt: skip
    agreeing = {each.told_name for each in contradictions(settled) if each.agrees}
    assert agreeing >= {"told_writes_after", "storm_writes", "loads_per_day", "search_sla_ms"}


def test_a_saving_of_nothing_is_contradicted_without_end():
    (each,) = (
        each
        for each in contradictions(Inputs(celebrity_tweet_share=0))
        if each.follows_name == "saved_writes"
    )
    assert each.factor == float("inf")
