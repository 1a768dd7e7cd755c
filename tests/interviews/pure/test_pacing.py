"""The plan and the clock: the guide's tables to the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interviews.packs import small_pack
from tests.interviews.play import Play
from trainer.catalog.schema import Pack
from trainer.interviews.commands import Configure, Refused, Start
from trainer.interviews.pacing import clock, cue, make_plan

PHASES = [("a", "A", 5.0), ("b", "B", 10.0), ("c", "C", 15.0)]

TABLES = {
    "45": [
        ("clarify", 0, 5),
        ("high_level", 5, 15),
        ("deep_dive", 15, 30),
        ("scale", 30, 40),
        ("wrap_up", 40, 45),
    ],
    "60": [
        ("clarify", 0, 7),
        ("high_level", 7, 20),
        ("deep_dive", 20, 40),
        ("scale", 40, 50),
        ("wrap_up", 50, 60),
    ],
    "8": [("clarify", 0, 5), ("challenge", 5, 8)],
}


@pytest.mark.parametrize("format_id", TABLES)
def test_a_format_is_planned_as_in_the_table(format_id):
    state = Play(format_id).state
    ends = state.plan.ends_s
    starts = (0.0, *ends)
    table = [
        (phase.id, start / 60, end / 60)
        for phase, start, end in zip(state.plan.phases, starts, ends, strict=False)
    ]
    assert table == TABLES[format_id]


def test_a_custom_length_is_scaled_in_proportion():
    plan = make_plan(PHASES, minutes=60)
    assert [phase.seconds for phase in plan.phases] == [600, 1200, 1800]


@pytest.mark.parametrize("extra", [1.25, 1.5, 2.0, 10.0])
def test_extra_time_lengthens_every_phase(extra):
    plan = make_plan(PHASES, extra=extra)
    assert [phase.seconds for phase in plan.phases] == [300 * extra, 600 * extra, 900 * extra]


def test_extra_time_comes_on_top_of_a_custom_length():
    assert make_plan(PHASES, minutes=60, extra=1.5).total_s == 90 * 60


@given(
    st.lists(st.floats(0.5, 180), min_size=1, max_size=8),
    st.floats(5, 240) | st.none(),
    st.floats(1, 10),
)
def test_phases_always_add_up_to_the_whole(lengths, minutes, extra):
    plan = make_plan([("p", "P", each) for each in lengths], minutes=minutes, extra=extra)
    whole = (minutes or sum(lengths)) * extra * 60
    assert plan.total_s == pytest.approx(whole)
    assert plan.ends_s[-1] == pytest.approx(whole)
    assert all(phase.seconds > 0 for phase in plan.phases)


def test_an_untimed_plan_has_no_deadline_and_no_cue():
    plan = make_plan(PHASES, untimed=True)
    face = clock(plan, 1, 10_000)
    assert (face.phase_left_s, face.total_left_s, face.cue) == (None, None, "none")


@pytest.mark.parametrize(
    ("left_s", "shown"),
    [(120.001, "none"), (120.0, "amber"), (0.001, "amber"), (0.0, "red"), (-60.0, "red")],
)
def test_the_cue_is_amber_at_two_minutes_and_red_at_the_end(left_s, shown):
    assert cue(left_s) == shown


def test_the_clock_shows_what_is_left_of_the_phase_and_of_all():
    face = clock(make_plan(PHASES), 1, 6 * 60)
    assert (face.phase_left_s, face.total_left_s) == (9 * 60, 24 * 60)


def test_a_phase_left_early_leaves_its_minutes_to_the_next():
    play = Play().start().at(2).to(1)
    assert play.state.clock(play.now).phase_left_s == 13 * 60


def test_staying_on_takes_from_the_next_phase():
    play = Play().start().at(7)
    assert play.state.clock(play.now).phase_left_s == -2 * 60
    assert play.to(1).state.clock(play.now).phase_left_s == 8 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        Configure("90", "mid"),
        Configure("45", "mid", extra=0.9),
        Configure("45", "mid", extra=10.1),
        Configure("45", "mid", extra=float("nan")),
        Configure("45", "mid", minutes=4.9),
        Configure("45", "mid", minutes=241),
        Configure("45", "mid", minutes=float("nan")),
    ],
)
def test_a_wrong_length_is_refused_with_what_is_right(wrong):
    play = Play()
    before = play.state
    with pytest.raises(Refused, match=r"45|1 to 10|5 to 240"):
        play.do(wrong)
    assert play.state == before


def test_what_is_chosen_before_the_start_holds():
    state = Play().do(Configure("60", "staff", extra=1.5), Start()).state
    assert (state.format_id, state.level, state.extra) == ("60", "staff", 1.5)
    assert state.plan.total_s == 90 * 60


def test_nothing_can_be_chosen_after_the_start():
    with pytest.raises(Refused, match="fixed at the start"):
        Play().start().do(Configure("60", "staff"))


def test_the_packs_format_and_the_plan_agree():
    pack: Pack = small_pack()
    assert [format_.minutes for format_ in pack.formats] == [45, 60, 8]
