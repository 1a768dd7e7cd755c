"""Readings of a finished log: answers, topics, questions, minutes, the gap, moments to redo."""

from dataclasses import replace

from tests.interviews.play import Play
from trainer.catalog.schema import Mistake, Point
from trainer.interviews.commands import Check, Configure, Finish, Move, Pulse, Redo, Save
from trainer.interviews.report import redo
from trainer.interviews.report.answers import questions_asked
from trainer.interviews.report.clarifying import clarifying
from trainer.interviews.report.evidence import Words, attempt
from trainer.interviews.report.facts import facts
from trainer.interviews.report.gap import NOTHING, costliest_gap
from trainer.interviews.report.minutes import phase_minutes
from trainer.interviews.report.mistakes import mistakes_to_look_at
from trainer.interviews.report.texts import kept_beside
from trainer.interviews.report.topics import topics

LONG = "I would answer this with a sentence of more than six words."


def challenged(*answers: str) -> Play:
    """The eight minutes: a question on scale, then the hard question with `answers`."""
    play = Play("8").say("How many users do we have?").at(5, 10).to(1)
    for answer in answers:
        play.later(10).say(answer)
    return play


def test_an_answer_is_all_that_is_said_until_the_next_question():
    play = challenged(LONG, "And one more thing.")
    trap = next(each for each in questions_asked(play.state) if each.line.name.startswith("trap:"))
    assert [line.text for line in trap.said] == [LONG, "And one more thing."]
    assert trap.words == 16


def test_a_reply_and_a_nudge_do_not_end_an_answer():
    play = challenged(LONG).at(7).do(Pulse(typing=False)).later(5).say("I go on after the nudge.")
    assert "nudge:challenge:0" in play.state.spoken()
    trap = next(each for each in questions_asked(play.state) if each.line.name.startswith("trap:"))
    assert [line.text for line in trap.said] == [LONG, "I go on after the nudge."]


def test_a_dive_and_its_probes_are_one_topic_with_one_rubric():
    play = Play("45").start().at(5).to(1).at(15).to(2).later(10).say("Ranking").later(60).say(LONG)
    (topic,) = [each for each in topics(play.state, play.pack) if each.kind == "dive"]
    assert [each.line.name for each in topic.asked] == ["dive:ranking", "probe:ranking:0"]
    assert [point.id for point in topic.points] == ["ranking.1"]
    assert topic.asked[0].said[0].text == LONG


def test_the_trade_off_is_one_topic_of_its_steps():
    play = Play("45").start().at(5).to(1).at(15).to(2).at(30).to(3)
    for _ in range(4):  # a hard question that was hurried past comes first
        play.later(10).say(LONG)
    (topic,) = [each for each in topics(play.state, play.pack) if each.kind == "trade_off"]
    names = [each.line.name for each in topic.asked]
    assert names[:2] == ["step:state", "step:options"]
    assert all(name.startswith("step:") for name in names)


def test_questions_are_quoted_in_the_words_they_were_asked_in():
    play = Play("8").say("Hello there. How many users do we have? Which database do you want?")
    play.later(5).say("What about the moon?")
    found = clarifying(play.state, play.pack)
    assert [(put.question.id, put.words) for put in found.asked] == [
        ("scale", "How many users do we have?")
    ]
    assert [question.id for question in found.never] == ["latency", "regions"]
    assert [vain.words for vain in found.avoidable] == ["Which database do you want?"]
    assert [words for words, _ in found.unmatched] == ["What about the moon?"]


def test_a_question_put_twice_counts_once():
    play = Play("8").say("How many users do we have?").later(5).say("How big is the user base?")
    (put,) = clarifying(play.state, play.pack).asked
    assert put.words == "How many users do we have?"


def test_minutes_of_the_phases_add_up_to_the_time_used():
    play = Play("45").start().at(7).to(1).at(15).to(2).at(20).do(Finish())
    rows = phase_minutes(play.state)
    assert [row.spent_s for row in rows] == [420, 480, 300, 0, 0]
    assert sum(row.spent_s for row in rows) == play.state.ended_s
    assert rows[0].over_s == 120
    assert rows[0].sentence == "Clarify: 7 min of 5"
    assert (rows[2].planned, rows[0].within) == (100, 33.33)
    assert rows[0].over == 13.33


def test_an_unanswered_hard_question_is_the_costliest_gap():
    play = challenged().at(7).do(Finish())
    assert costliest_gap(play.state, play.pack).endswith("and sent no answer.")


def test_a_phase_never_reached_comes_next():
    play = Play("8").say("How many users do we have?").at(2).do(Finish())
    assert costliest_gap(play.state, play.pack) == "You never reached One question."


def test_then_the_questions_never_asked():
    play = challenged(LONG).at(7).do(Finish())
    assert costliest_gap(play.state, play.pack) == (
        "You left out 2 essential questions of 3: latency and regions."
    )


def test_then_the_phase_that_took_the_time_of_another():
    play = Play("8").say("How many users? What latency is acceptable?").at(6, 30).to(1)
    play.later(5).say(LONG).at(7).do(Finish())
    assert costliest_gap(play.state, play.pack) == (
        "Clarify took 6.5 minutes of 5; One question was left with 0.5 of 3."
    )


ALL_ASKED = "How many users? What latency is acceptable? Is this multi-region?"


def answered(asked: str, ends_at: float) -> str:
    """The gap of eight minutes with both phases in their time."""
    play = Play("8").say(asked).at(min(5, ends_at - 2)).to(1)
    play.later(5).say(LONG).at(ends_at).do(Finish())
    return costliest_gap(play.state, play.pack)


def test_one_question_left_out_is_named():
    gap = answered("How many users? What latency is acceptable?", 8)
    assert gap == "You left out 1 essential question of 3: regions."


def test_a_large_share_of_the_time_left_is_named_before_a_single_question():
    gap = "You left 4 of 8 minutes unused."
    assert answered(ALL_ASKED, 4) == gap
    assert answered("How many users? What latency is acceptable?", 4) == gap
    assert answered("How many users?", 4).startswith("You left out 2 essential questions")


def test_less_than_a_quarter_left_is_no_gap():
    assert answered(ALL_ASKED, 6) == "You left 2 of 8 minutes unused."
    assert answered(ALL_ASKED, 6.1) == NOTHING


def test_untimed_there_is_nothing_to_leave_unused():
    play = Play("8").do(Configure("8", "mid", untimed=True)).say(ALL_ASKED).at(2).to(1)
    play.later(5).say(LONG).at(3).do(Finish())
    assert costliest_gap(play.state, play.pack) == NOTHING


def test_without_a_gap_nothing_is_invented():
    assert answered(ALL_ASKED, 8) == NOTHING
    assert "yours to judge" in NOTHING


def test_the_moments_to_redo_start_with_the_least_covered_then_the_shortest():
    play = Play("45", seed=3).start().at(5).to(1).at(15).to(2).later(10).say("Ranking")
    play.later(60).say(LONG).at(25).do(Pulse(typing=False)).later(30).say(LONG + LONG)
    play.at(30).do(Finish())
    found = topics(play.state, play.pack)
    assert {topic.kind for topic in found} == {"dive", "trap"}
    first = redo.moments(found, {})[0]
    same = redo.moments(found, {})[0]
    assert first == same
    covered = {point.id: True for topic in found for point in topic.points if first in topic.asked}
    assert redo.moments(found, covered)[0] != first
    assert len(redo.moments(found, {})) == 3


def test_the_next_moment_is_one_without_a_second_answer():
    play = challenged(LONG).at(8).do(Finish())
    chosen = redo.moments(topics(play.state, play.pack), {})
    assert redo.next_moment(chosen, {}) == chosen[0]
    play.do(Redo(chosen[0].line.name, "Better.", 60))
    assert redo.next_moment(chosen, play.state.redone) is None


def test_when_all_are_answered_again_the_one_with_the_fewest_answers_is_next():
    play = challenged(LONG).at(8).do(Finish())
    (only,) = chosen = redo.moments(topics(play.state, play.pack), {})
    play.do(Redo(only.line.name, "Better.", 60))
    assert redo.least_redone(chosen, play.state.redone) == only
    other = replace(only, line=replace(only.line, name="trap:other"))
    assert redo.least_redone((only, other), play.state.redone) == other
    assert redo.least_redone((), {}) is None


def test_evidence_names_each_word_by_message_and_span():
    play = challenged(LONG).do(Save("outline", "A -> B", 0)).at(8).do(Finish())
    evidence = attempt(play.state, play.pack)
    said = play.state.said()
    trap, whole = evidence.answers
    assert trap.words == (Words("message", said[1].seq, 0, len(LONG), LONG, late=False),)
    assert trap.asks == (next(x.text for x in play.state.lines if x.name.startswith("trap:")),)
    assert trap.points[0].text == "Point."
    assert [words.text for words in whole.words] == [said[0].text, LONG, "A -> B"]
    assert whole.words[-1].source == "outline"


def a_mistake(id_: str, *clears: str) -> Mistake:
    point = Point(id=f"m.{len(id_)}", text="Point.")
    return Mistake(id=id_, name=id_, why_bad="Bad.", instead="Do.", clears=clears, point=point)


def test_mistakes_are_parted_by_whether_a_word_was_found():
    play = challenged("far " * 60 + "Celebrity accounts" + " near" * 60).at(8).do(Finish())
    mistakes = (
        a_mistake("found", "hot user", "celebrity"),
        a_mistake("missing", "trends", "celeb"),
    )
    found = mistakes_to_look_at(play.state, play.pack.model_copy(update={"mistakes": mistakes}))
    assert [mistake.id for mistake in found.unmentioned] == ["missing"]
    (touched,) = found.touched
    assert touched.mistake.id == "found"
    assert touched.quote.word == "Celebrity"
    assert touched.quote.before.startswith("… far")
    assert touched.quote.after.endswith("near …")


def test_an_interview_without_the_five_phases_is_short_for_the_mistakes():
    short, full = (Play(each).start().at(1).do(Finish()) for each in ("8", "45"))
    assert mistakes_to_look_at(short.state, short.pack).short
    assert not mistakes_to_look_at(full.state, full.pack).short


def test_texts_that_do_not_count_are_kept_with_their_reason():
    play = Play("8").start().do(Save("outline", "first", 0), Save("outline", "second", 0))
    play.do(Save("draft", "never sent", 0)).at(8, 30).do(Save("outline", "late", 1), Finish())
    play.say("too late")
    kept = {each.text: each.why for each in kept_beside(play.state)}
    assert set(kept) == {"second", "never sent", "late", "too late"}
    assert kept["never sent"] == "it was never sent"


def test_facts_say_how_it_ended():
    early = Play("8").start().at(6).do(Finish())
    assert facts(early.state, early.pack).ended == "You ended it with 2:00 left."
    late = Play("8").start().at(8, 30).say("Late words.").at(9).do(Finish())
    known = facts(late.state, late.pack)
    assert known.ended == "It ended at the deadline. 1 text came after it, marked late."
    assert (known.used, known.planned, known.late) == ("8:00", "8:00", 1)


def test_checks_do_not_change_what_was_said():
    play = challenged(LONG).at(8).do(Finish())
    before = topics(play.state, play.pack)
    play.do(Check(before[0].points[0].id, covered=True))
    assert topics(play.state, play.pack) == before


def test_a_move_back_is_one_phase_in_the_minutes():
    play = Play("45").start().at(2).do(Move(1, 0)).at(4).do(Move(0, 1)).at(5).do(Finish())
    assert [row.spent_s for row in phase_minutes(play.state)][:2] == [180, 120]
