"""What each command does, refuses, and does not do twice."""

import pytest

from tests.interviews.play import Play
from trainer.interviews import decide
from trainer.interviews import events as ev
from trainer.interviews.commands import (
    TEXT_LIMIT,
    Check,
    Configure,
    Finish,
    Move,
    Pause,
    Pulse,
    Redo,
    Refused,
    Resume,
    Save,
    Say,
    Start,
    TooLong,
    Undo,
)
from trainer.interviews.decide import UNDO_S, open_room


def kinds(bodies: tuple[ev.Body, ...]) -> list[str]:
    return [ev.NAMES[type(body)] for body in bodies]


@pytest.fixture
def running() -> Play:
    return Play().start()


@pytest.fixture
def finished(running: Play) -> Play:
    return running.at(10).say("An answer.").do(Finish())


def test_a_room_opens_with_the_prompt_and_a_standing_clock():
    play = Play().at(30)
    assert [line.text for line in play.state.lines] == ["Design Small."]
    assert (play.state.status, play.state.elapsed_s(play.now)) == ("open", 0.0)


def test_a_room_of_an_unknown_format_is_refused():
    with pytest.raises(Refused, match="45, 60, 8"):
        open_room(Play().pack, 1, "90")


def test_the_first_message_starts_the_clock():
    play = Play().at(3).say("How many users do we have?").at(5)
    assert (play.state.status, play.state.elapsed_s(play.now)) == ("running", 120.0)
    assert play.state.said()[0].elapsed_s == 0.0


# -- doing it twice ----------------------------------------------------------


@pytest.mark.parametrize(
    "command", [Start(), Resume(), Undo(), Move(0, 0), Move(0, 3), Save("notes", "", 0)]
)
def test_what_is_already_so_changes_nothing(running, command):
    assert running.result(command) == ()


def test_pausing_and_finishing_twice_change_nothing(running):
    running.do(Pause())
    assert running.result(Pause()) == ()
    running.do(Finish())
    assert running.result(Finish()) == ()


@pytest.mark.parametrize("command", [Start(), Resume(), Finish(), Pulse(typing=False)])
def test_a_finished_interview_stays_as_it_is(finished, command):
    assert finished.result(command) == ()


def test_checking_a_point_twice_changes_nothing(finished):
    finished.do(Check("t1.1", covered=True))
    assert finished.result(Check("t1.1", covered=True)) == ()
    assert finished.do(Check("t1.1", covered=False)).state.checks == {"t1.1": False}


# -- refusals ----------------------------------------------------------------


@pytest.mark.parametrize("command", [Move(1, 0), Undo(), Pause(), Finish()])
def test_before_the_start_it_is_refused(command):
    with pytest.raises(Refused, match=r"not started|not begun"):
        Play().do(command)


@pytest.mark.parametrize("command", [Move(1, 0), Undo()])
def test_while_paused_it_is_refused(running, command):
    with pytest.raises(Refused, match="paused"):
        running.do(Pause(), command)


@pytest.mark.parametrize("command", [Move(1, 0), Undo(), Pause(), Configure("45", "mid")])
def test_after_the_end_it_is_refused(finished, command):
    with pytest.raises(Refused, match=r"over|fixed"):
        finished.do(command)


@pytest.mark.parametrize("command", [Check("t1.1", covered=True), Redo("opening", "text", 60)])
def test_before_the_end_the_report_is_refused(running, command):
    with pytest.raises(Refused, match="Finish the interview first"):
        running.do(command)


@pytest.mark.parametrize("command", [Move(5, 0), Move(-1, 0), Move(2, 1)])
def test_a_wrong_phase_is_refused_by_the_phase_one_is_in(running, command):
    with pytest.raises(Refused, match="You are in Clarify now"):
        running.do(command)


@pytest.mark.parametrize(
    "command", [Check("t9.9", covered=True), Redo("trap:t9", "x", 1), Redo("opening", "  ", 1)]
)
def test_what_the_report_does_not_hold_is_refused(finished, command):
    with pytest.raises(Refused):
        finished.do(command)


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_an_empty_message_is_refused(running, text):
    with pytest.raises(Refused, match="nothing to send"):
        running.say(text)


@pytest.mark.parametrize("make", [Say, lambda text: Save("draft", text, 0)])
def test_a_text_over_the_limit_is_refused_whole(running, make):
    before = running.state
    with pytest.raises(TooLong, match="30,000 characters; the limit is 20,000"):
        running.do(make("x" * 30_000))
    assert running.state == before
    running.do(make("x" * TEXT_LIMIT))


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of it"])
def test_a_text_that_cannot_be_stored_is_refused(running, text):
    for command in (Say(text), Save("notes", text, 0)):
        with pytest.raises(Refused, match="cannot be stored"):
            running.do(command)


# -- saving ------------------------------------------------------------------


def test_a_saved_text_counts_up_its_revision():
    play = Play().do(Save("notes", "one", 0), Save("notes", "one two", 1))
    assert play.state.text_of("notes").text == "one two"
    assert play.state.text_of("notes").revision == 2


def test_fields_do_not_disturb_one_another(running):
    running.do(Save("notes", "n", 0), Save("outline", "A -> B", 0), Save("draft", "d", 0))
    assert {name: field.text for name, field in running.state.fields.items()} == {
        "notes": "n",
        "outline": "A -> B",
        "draft": "d",
    }


def test_a_stale_save_is_a_conflict_that_keeps_the_losing_text(running):
    running.do(Save("notes", "first tab", 0))
    bodies = running.result(Save("notes", "second tab", 0))
    assert kinds(bodies) == ["conflicted"]
    assert running.state.text_of("notes").text == "first tab"
    assert [(kept.text, kept.why) for kept in running.state.kept] == [("second tab", "conflict")]


def test_two_tabs_with_the_same_text_are_no_conflict(running):
    running.do(Save("notes", "same", 0))
    assert running.result(Save("notes", "same", 0)) == ()


def test_a_message_empties_the_draft(running):
    running.do(Save("draft", "Hello th", 0)).say("Hello there")
    assert running.state.text_of("draft").text == ""
    assert running.state.text_of("draft").revision == 2


def test_a_draft_on_its_way_when_it_was_sent_is_no_conflict(running):
    running.do(Save("draft", "Hel", 0)).say("Hello there")
    assert running.result(Save("draft", "Hello th", 1)) == ()
    assert running.state.kept == ()


def test_a_draft_of_two_messages_ago_is_no_conflict_either(running):
    running.say("Hello there").say("How are you?")
    assert running.result(Save("draft", "Hello th", 0)) == ()


def test_a_new_draft_that_only_begins_like_the_message_is_not_taken_for_it(running):
    running.say("What is the scale of reads?")
    running.do(Save("draft", "What is the la", 0))
    assert [kept.text for kept in running.state.kept] == ["What is the la"]


@pytest.mark.parametrize("limit", ["LOG_LIMIT", "LOG_TEXT_LIMIT"])
def test_a_full_log_takes_nothing_more_but_the_finish(running, monkeypatch, limit):
    monkeypatch.setattr(decide, limit, 3)
    with pytest.raises(Refused, match="as much as can be stored"):
        running.result(Save("notes", "more", 0))
    assert running.result(Pulse(typing=True)) == ()
    assert running.result(Finish())


def test_a_draft_of_another_tab_is_kept_when_a_message_is_sent(running):
    running.say("Hello there")
    running.do(Save("draft", "Something else", 0))
    assert [kept.text for kept in running.state.kept] == ["Something else"]


# -- late --------------------------------------------------------------------


def test_a_text_after_the_deadline_is_marked_late_and_the_last_on_time_kept(running):
    running.at(44, 59).do(Save("outline", "A -> B", 0))
    running.at(45, 1).do(Save("outline", "A -> B -> C", 1))
    outline = running.state.text_of("outline")
    assert (outline.text, outline.on_time, outline.late) == ("A -> B -> C", "A -> B", True)


def test_a_message_at_the_deadline_is_on_time_and_after_it_late(running):
    running.at(45).say("On time.").later(0.001).say("Late.")
    assert [line.late for line in running.state.said()] == [False, True]


def test_a_finish_after_the_deadline_is_stamped_at_the_deadline(running):
    running.at(67).do(Finish())
    assert running.state.ended_s == 45 * 60
    assert running.state.finished_at == Play().at(45).now


def test_pauses_move_the_deadline_of_the_finish(running):
    running.at(10).do(Pause()).at(20).do(Resume()).at(80).do(Finish())
    assert running.state.finished_at == Play().at(55).now


def test_an_early_finish_is_stamped_when_it_was(running):
    running.at(12).do(Finish())
    assert running.state.ended_s == 12 * 60
    assert running.state.elapsed_s(Play().at(99).now) == 12 * 60


def test_an_untimed_interview_is_never_late():
    play = Play().do(Configure("45", "mid", untimed=True), Start()).at(500).say("Still here.")
    play.do(Finish())
    assert not play.state.said()[0].late
    assert play.state.ended_s == 500 * 60


@pytest.mark.parametrize("late", [False, True])
def test_a_text_after_the_end_is_kept_and_changes_nothing(finished, late):
    finished.at(99 if late else 11)
    before = finished.state
    finished.say("One more thing.").do(Save("outline", "A -> B", 0))
    assert [(kept.field, kept.text, kept.why) for kept in finished.state.kept] == [
        ("message", "One more thing.", "after the end"),
        ("outline", "A -> B", "after the end"),
    ]
    assert (finished.state.lines, finished.state.fields) == (before.lines, before.fields)
    assert finished.state.ended_s == before.ended_s


# -- pause, phases, undo -----------------------------------------------------


def test_a_pause_stops_the_clock_and_what_is_written_in_it_counts(running):
    running.at(10).do(Pause()).at(40).say("Written in the pause.").do(Save("notes", "n", 0))
    assert running.state.elapsed_s(running.now) == 600
    assert running.state.said()[0].elapsed_s == 600
    running.do(Resume()).at(45)
    assert running.state.elapsed_s(running.now) == 900


def test_a_finish_in_a_pause_ends_where_the_clock_stood(running):
    running.at(10).do(Pause()).at(40).do(Finish())
    assert running.state.ended_s == 600


def test_there_is_nothing_to_pause_after_the_deadline(running):
    with pytest.raises(Refused, match="Time is up"):
        running.at(46).do(Pause())


def test_the_time_in_each_phase_is_where_the_candidate_was(running):
    running.at(4).to(1).at(20).to(2).at(21).do(Move(1, 2)).at(25)
    assert running.state.phase_seconds(running.now) == (240, 960 + 240, 60, 0, 0)


def test_time_over_the_deadline_belongs_to_no_phase(running):
    running.at(50).to(1).at(60)
    assert running.state.phase_seconds(running.now) == (45 * 60, 0, 0, 0, 0)


def test_undo_gives_the_time_back_to_the_phase_before(running):
    running.at(4).to(1).later(8).do(Undo())
    assert running.state.phase == 0
    assert running.state.phase_seconds(running.now) == (248, 0, 0, 0, 0)


def test_undo_is_too_late_after_a_while(running):
    running.at(4).to(1).later(UNDO_S).do(Undo()).to(1)
    with pytest.raises(Refused, match="too late"):
        running.later(UNDO_S + 0.1).do(Undo())


def test_only_the_last_move_is_undone(running):
    running.to(2).do(Undo())
    assert running.state.phase == 1
    assert running.result(Undo()) == ()


def test_a_clock_set_back_stands_still(running):
    running.at(10).say("At ten.").at(5)
    assert running.state.elapsed_s(running.now) == 600
    running.say("At five.")
    assert [line.elapsed_s for line in running.state.said()] == [600, 600]


def test_a_moment_can_be_redone_more_than_once(finished):
    finished.do(Redo("opening", "Better.", 90), Redo("opening", "Best.", 60))
    assert [each.text for each in finished.state.redone["opening"]] == ["Better.", "Best."]


def test_another_tabs_draft_is_kept_when_a_message_empties_the_box(running):
    running.do(Save("draft", "something else entirely, from the other tab", 0), Say("My answer."))
    assert running.state.text_of("draft").text == ""
    assert [kept.text for kept in running.state.kept] == [
        "something else entirely, from the other tab"
    ]


def test_a_draft_corrected_on_the_way_into_a_message_is_not_kept_twice(running):
    running.do(Save("draft", "Push for mots users", 0), Say("Push for most users, pull for some."))
    assert running.state.kept == ()


def test_nobody_answers_after_the_deadline(running):
    spoken = len(running.state.lines)
    running.at(46).say("Should I still consider multiple regions?")
    assert len(running.state.lines) == spoken + 1
