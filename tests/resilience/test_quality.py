from concurrent.futures import ThreadPoolExecutor

import pytest

from trainer.resilience.quality import Quality, after

TARGET_S = 0.5


def settled(factor: float, took_s: list[float]) -> float:
    for each in took_s:
        factor = after(factor, each, TARGET_S)
    return factor


def test_a_late_request_takes_nineteen_times_what_one_in_time_gives() -> None:
    assert after(0.5, 0.6, TARGET_S) == pytest.approx(0.47625)
    assert after(0.5, 0.4, TARGET_S) == pytest.approx(0.50125)
    assert settled(0.5, [0.6] + [0.4] * 19) == pytest.approx(0.5)


def test_a_request_at_its_target_is_in_time() -> None:
    assert after(0.5, TARGET_S, TARGET_S) > 0.5


def test_it_stays_within_a_tenth_and_one() -> None:
    assert settled(1.0, [0.1] * 50) == 1.0
    assert settled(1.0, [9.0] * 50) == 0.1
    assert settled(0.1, [0.1] * 720) == pytest.approx(1.0)


def test_a_world_has_a_factor_of_its_own_and_begins_with_one() -> None:
    quality = Quality(TARGET_S)
    assert quality.note(1, 0.6) == pytest.approx(0.97625)
    assert quality.factor(1) == pytest.approx(0.97625)
    assert quality.factor(2) == 1.0


def test_the_world_not_noted_for_longest_is_forgotten() -> None:
    quality = Quality(TARGET_S, most=2)
    for world in (1, 2, 1, 3):
        quality.note(world, 0.6)
    assert quality.factor(1) < quality.factor(3) < quality.factor(2) == 1.0


def test_no_note_of_many_threads_is_lost() -> None:
    quality = Quality(TARGET_S)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: quality.note(1, 0.6), range(20)))
    assert quality.factor(1) == pytest.approx(1 - 20 * 0.02375)
