"""The replay: an interview on its own clock, and the Markdown export of it."""

import pytest

from tests.interviews.play import Play
from trainer.interviews.commands import Finish, Pause, Redo, Resume, Save, Undo
from trainer.interviews.grade.counted import counted
from trainer.interviews.grade.effective import judged_points
from trainer.interviews.grade.material import Material
from trainer.interviews.report.fences import fenced
from trainer.interviews.report.markdown import export
from trainer.interviews.report.progress import HEIGHT, Attempt, progress
from trainer.interviews.report.replay import marks, moment, steps
from trainer.interviews.report.times import count, listed, minutes, second
from trainer.lib.times import clock_time


@pytest.fixture
def play() -> Play:
    """A message at 0:30, an outline at 1:00, a pause from 2:00 for 5 minutes, a phase at 3:00."""
    play = Play("8").start().at(0, 30).say("How many users do we have?")
    play.at(1).do(Save("outline", "A -> B", 0)).at(2).do(Pause()).at(7).do(Resume())
    return play.at(8).to(1).at(9).say("My answer has more than six words in it.").at(9, 30)


def test_every_second_shows_what_was_there(play: Play):
    all_steps = steps(play.do(Finish()).log)
    assert [line.who for line in moment(all_steps, 29).state.lines] == ["interviewer"] * 2
    assert moment(all_steps, 30).state.said()[0].text == "How many users do we have?"
    assert moment(all_steps, 59).state.text_of("outline").text == ""
    assert moment(all_steps, 60).state.text_of("outline").text == "A -> B"
    assert moment(all_steps, 179).state.phase == 0
    assert moment(all_steps, 180).state.phase == 1


def test_an_event_shows_at_the_second_that_its_time_is_printed_with():
    play = Play("8").start().at(2, 6.9).say("How many users do we have?").at(3).do(Finish())
    all_steps, said = steps(play.log), play.state.said()[0]
    assert (clock_time(said.elapsed_s), second(said.elapsed_s)) == ("2:06", 126)
    assert moment(all_steps, 125).state.said() == ()
    assert moment(all_steps, 126).state.said() == (said,)
    assert moment(all_steps, 125).next == 126


def test_the_pause_takes_no_second(play: Play):
    all_steps = steps(play.do(Finish()).log)
    assert moment(all_steps, 10_000).second == 270
    assert moment(all_steps, 119).state.status == "running"
    assert moment(all_steps, 120).state.paused_s == 300


def test_steps_lead_to_the_events_around(play: Play):
    all_steps = steps(play.do(Finish()).log)
    now = moment(all_steps, 60)
    assert (now.previous, now.next) == (30, 120)
    assert moment(all_steps, -5).previous is None
    assert moment(all_steps, 270).next is None


def test_what_comes_after_the_finish_is_not_replayed(play: Play):
    play.do(Finish()).later(60).say("Too late.")
    end = moment(steps(play.log), 10_000)
    assert end.state.status == "finished"
    assert end.state.kept == ()


def test_late_words_are_replayed_past_the_deadline():
    play = Play("8").start().at(8, 20).say("Late words.").at(9).do(Finish())
    end = moment(steps(play.log), 10_000)
    assert end.end == 540
    assert end.state.said()[0].late


def test_marks_are_the_phases_and_the_questions(play: Play):
    found = marks(steps(play.do(Finish()).log))
    assert [(m.second, m.text) for m in found if m.kind == "phase"] == [
        (0, "Clarify"),
        (180, "One question"),
    ]
    assert all(0 <= m.at <= 100 for m in found)
    assert found[0].text == "Design Small."


def test_an_undone_move_is_marked_on_both_ways():
    play = Play("45").start().at(5).to(1).later(5).do(Undo()).at(6).do(Finish())
    names = [m.text for m in marks(steps(play.log)) if m.kind == "phase"]
    assert names == ["Clarify", "High-Level", "Clarify"]


@pytest.mark.parametrize(
    "text", ["plain", "```\n# not a heading\n```", "````", "<script>alert(1)</script>", "", "a`b"]
)
def test_a_fence_holds_whatever_is_in_it(text: str):
    block = fenced(text)
    fence, rest = block.split("text\n", 1)
    assert rest == f"{text}\n{fence}"
    assert fence not in text


def test_the_export_holds_every_word(play: Play):
    play.do(Save("notes", "for me ```", 0), Save("draft", "unsent", 1)).do(Finish())
    trap = next(line.name for line in play.state.lines if line.name.startswith("trap:"))
    play.do(Redo(trap, "# second answer", 75))
    material = Material(play.state, play.pack, judged_points(play.pack, None, {}))
    text = export(counted(material, None), "", lambda prose: prose)
    for typed in [line.text for line in play.state.said()] + [
        "for me ```",
        "unsent",
        "A -> B",
        "# second answer",
    ]:
        assert fenced(typed) in text
    assert "Answer 2, in 1:15:" in text


def an_attempt(questions: int, used_min: float) -> Attempt:
    return Attempt("x", Play().now, "8", "mid", "finished", questions, 7, 0, 9, used_min, 8.0)


def test_progress_needs_two_attempts():
    assert progress([an_attempt(3, 8)]) == ()


def test_progress_is_drawn_from_the_oldest_to_the_newest():
    asked, covered, used = progress([an_attempt(0, 4), an_attempt(7, 8)])
    assert [(dot.x, dot.y) for dot in asked.dots] == [(4.0, HEIGHT), (96.0, 0.0)]
    assert asked.top == 7
    assert covered.values == "0, 0"
    assert used.values == "4, 8"


def test_minutes_counts_and_lists_read_as_words():
    assert [minutes(s) for s in (90, 300, 0)] == ["1.5", "5", "0"]
    assert (count(1, "text"), count(1200, "text")) == ("1 text", "1,200 texts")
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
