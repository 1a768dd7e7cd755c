import pytest

from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Line, Phase
from trainer.learn.sample import sample_of, timed_phase

PHASE = Phase(id="clarify", name="Clarify", minutes=5, focus="Focus.")


def spoken(*texts: str) -> list[float]:
    lines = [Line(who="candidate", text=text) for text in texts]
    return [line.at_s for line in timed_phase(PHASE, lines, 100.0, 400.0).lines]


def test_the_first_line_falls_at_the_start_of_its_phase():
    assert spoken("one", "two")[0] == 100.0


def test_lines_of_equal_length_share_the_phase_equally():
    assert spoken("one two", "three four", "five six") == [100.0, 200.0, 300.0]


def test_a_longer_line_takes_more_of_the_phase():
    after_short = spoken("one", "two")[1]
    after_long = spoken("one " * 30, "two")[1]

    assert after_long > after_short


def test_every_line_of_the_pack_falls_within_its_phase_and_after_the_one_before():
    for phase in sample_of(get_pack("twitter")).phases:
        times = [line.at_s for line in phase.lines]
        assert times == sorted(times)
        assert phase.starts_s <= times[0]
        assert times[-1] < phase.ends_s


def test_the_clock_is_the_real_formats():
    pack = get_pack("twitter")
    real = pack.format(pack.walkthrough.format)

    sample = sample_of(pack)

    assert [phase.ends_s - phase.starts_s for phase in sample.phases] == [
        phase.minutes * 60 for phase in real.phases
    ]
    assert sample.plan.total_s == 45 * 60


def test_a_phase_in_which_nobody_speaks_is_told():
    pack = get_pack("twitter")
    cut = pack.walkthrough.model_copy(update={"phases": pack.walkthrough.phases[:-1]})

    with pytest.raises(LookupError, match="no lines for wrap_up of its format"):
        sample_of(pack.model_copy(update={"walkthrough": cut}))
