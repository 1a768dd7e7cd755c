"""What the drills ask: follow-ups that give nothing away, pairs of answers without a cue."""

from pathlib import Path

import pytest

from trainer.catalog.drill_checks import CHECKS
from trainer.catalog.drill_schema import FollowUp
from trainer.catalog.loader import load_pack
from trainer.catalog.numbers import fill
from trainer.interviews.matching import stems

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")
# Words of any question, whatever it is about.
ORDINARY = set(stems("what how where who one all nothing over more know take two both each only"))


@pytest.mark.parametrize("trap", PACK.traps, ids=lambda trap: trap.id)
def test_each_point_of_a_trap_has_a_follow_up(trap) -> None:
    assert [each.point for each in trap.follow_ups] == [point.id for point in trap.points]


@pytest.mark.parametrize("trap", PACK.traps, ids=lambda trap: trap.id)
def test_a_follow_up_names_no_term_of_the_good_answer(trap) -> None:
    good = " ".join(fill(PACK.numbers, f"{part.heading}. {part.text}") for part in trap.good_answer)
    points = {point.id: fill(PACK.numbers, point.text) for point in trap.points}
    for each in trap.follow_ups:
        terms = set(stems(f"{good} {points[each.point]}")) - set(stems(trap.ask)) - ORDINARY
        assert set(stems(each.ask)) & terms == set(), each.point


def test_a_follow_up_of_three_sentences_or_of_no_point_is_told() -> None:
    trap = PACK.traps[0].model_copy(
        update={"follow_ups": (FollowUp(point="t9.9", ask="One. Two. Three?"),)}
    )
    told = [line for check in CHECKS[:1] for line in check((trap,))]
    assert len(told) == 2
    assert "t9.9" in told[0]


def test_there_are_pairs_enough_for_rounds_that_differ() -> None:
    assert len(PACK.spot) >= 12


def test_neither_length_nor_figures_tell_the_bad_answer() -> None:
    longer, figures = [], []
    for pair in PACK.spot:
        good, bad = (fill(PACK.numbers, text) for text in (pair.good, pair.bad))
        assert 0.8 < len(good) / len(bad) < 1.25, pair.id
        longer.append(len(bad) > len(good))
        figures.append(pair.bad.count("{{n:") - pair.good.count("{{n:"))
    assert 0.3 < sum(longer) / len(longer) < 0.7
    assert abs(sum(figures)) <= len(figures)
    assert any(each > 0 for each in figures)
    assert any(each < 0 for each in figures)
