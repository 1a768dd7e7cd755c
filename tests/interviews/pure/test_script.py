"""What the interviewer says, when, and when not."""

import pytest

from tests.interviews.packs import STEPS
from tests.interviews.play import SMALL, Play
from trainer.interviews import traps
from trainer.interviews.commands import Configure, Finish, Move, Pause, Save
from trainer.interviews.script import QUIET_S
from trainer.interviews.state import fold

LONG = "I would put a cache in front of the store and measure the hit rate."


@pytest.fixture
def running() -> Play:
    return Play().start()


# -- clarifying --------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("What scale should I design for?", "scale"),
        ("how many users do we have", "scale"),
        ("And how many daily active users are there?", "scale"),
        ("How fast must the timeline load?", "latency"),
        ("Is there any latency target?", "latency"),
        ("Does it have to be multi-region?", "regions"),
    ],
)
def test_a_known_question_is_answered(running, asked, id_):
    (reply,) = running.replies(asked)
    assert (reply.name, reply.answers) == (f"question:{id_}", id_)
    assert reply.to == running.state.said()[-1].seq


def test_numbers_are_filled_into_answers(running):
    assert running.replies("How many users do we have?")[0].text == "Plan for 250M daily users."


def test_several_questions_in_one_message_are_each_answered(running):
    replies = running.replies("How many users do we have? And what latency is acceptable?")
    assert [reply.answers for reply in replies] == ["scale", "latency"]


def test_an_unknown_question_gets_an_honest_word_and_is_logged(running):
    (reply,) = running.replies("Who pays for the office plants?")
    assert reply.name == "unmatched"
    assert reply.text in SMALL.interviewer.unmatched
    assert not reply.answers


def test_the_honest_words_take_turns(running):
    texts = [running.replies(f"Who waters plant {i}?")[0].text for i in "abcd"]
    assert texts[:2] == texts[2:]
    assert set(texts) == set(SMALL.interviewer.unmatched)


def test_a_question_asked_again_is_recalled(running):
    running.say("How many users do we have?")
    (reply,) = running.replies("How many users do we have?")
    assert (reply.text, reply.answers) == (SMALL.interviewer.already_told, "scale")


def test_a_question_not_to_ask_is_flagged_and_not_scolded(running):
    (reply,) = running.replies("What database should I use?")
    assert (reply.flags, reply.answers) == ("database", "")
    assert reply.text == "That is open to you."
    why_not = SMALL.clarify.avoid[0].why_not
    assert not any(why_not in line.text for line in running.state.lines)


def test_nothing_is_revealed_unasked(running):
    for _ in range(4):
        running.later(60).say(LONG)
        running.pulse()
    said = " ".join(line.text for line in running.state.lines if line.who == "interviewer")
    assert not any(question.reply in said for question in SMALL.clarify.essential)


def test_a_statement_is_heard(running):
    (reply,) = running.replies("Okay.")
    assert reply.name == "heard"


def test_later_a_rhetorical_question_is_not_answered(running):
    running.to(1)
    (reply,) = running.replies("How many users do we have? Enough that one machine is too small.")
    assert reply.name == "heard"


def test_later_a_design_question_is_given_back(running):
    running.to(1)
    assert [reply.name for reply in running.replies("Which colour of cache is best?")] == ["defer"]


def test_a_message_of_many_questions_gets_a_bounded_answer(running):
    replies = running.replies(" ".join(f"Who waters plant {i}?" for i in range(800)))
    assert len(replies) == 1


# -- phases ------------------------------------------------------------------


def test_each_phase_is_opened_once(running):
    running.to(2)
    assert [name for name in running.names if name.startswith("enter:")] == [
        "enter:clarify:0",
        "enter:high_level:0",
        "enter:deep_dive:0",
    ]
    before = len(running.names)
    running.later(60).do(Move(1, 2), Move(2, 1))
    assert len(running.names) == before


def test_a_nudge_comes_once_when_its_time_has_come(running):
    assert running.at(2).pulse() == []
    assert running.at(2, 30).pulse() == ["nudge:clarify:0"]
    assert running.at(3).pulse() == []
    assert running.at(4, 30).pulse() == ["nudge:clarify:1"]


def test_a_nudge_that_was_overtaken_is_left_out(running):
    assert running.at(4, 40).pulse() == ["nudge:clarify:1"]
    assert running.at(4, 59).pulse() == []


def test_nothing_is_said_while_the_candidate_types(running):
    assert running.at(4, 30).pulse(typing=True) == []


def test_the_interviewer_keeps_silent_after_each_line(running):
    running.at(2, 25).say("Okay.")
    assert running.later(QUIET_S - 1).pulse() == []
    assert running.later(1).pulse() == ["nudge:clarify:0"]


def test_nothing_is_said_unprompted_before_in_pauses_or_after_the_deadline():
    assert Play().at(3).pulse() == []
    assert Play().start().at(3).do(Pause()).at(4, 30).pulse() == []
    assert Play().start().at(46).pulse() == []


def test_the_closing_line_is_the_last(running):
    assert running.do(Finish()).names[-1] == "closing"


def test_every_line_but_a_reply_is_unprompted(running):
    running.say("How many users do we have?").to(2)
    for line in running.state.lines:
        if line.who == "interviewer":
            assert bool(line.to) == line.name.startswith(("question:", "heard", "unmatched"))


# -- dives -------------------------------------------------------------------


def test_the_dives_on_offer_follow_what_was_said(running):
    running.to(1).say("The search index and ElasticSearch, with machine learning.")
    assert running.to(2).state.lines[-1].text == "Search or Ranking?"


def test_the_outline_counts_as_said(running):
    running.do(Save("outline", "Ranker -> Push\nPush -> Fan-out: push", 0)).to(2)
    assert running.state.lines[-1].text == "Fan-out or Ranking?"


def test_the_dive_that_is_named_is_taken(running):
    running.to(2)
    assert running.replies("Search")[-1].name == "dive:search"


@pytest.mark.parametrize(("word", "taken"), [("The first one", 0), ("second please", 1)])
def test_a_dive_can_be_taken_by_its_order(running, word, taken):
    running.to(2)
    title = running.state.lines[-1].text.rstrip("?").split(" or ")[taken]
    (dive,) = [each for each in SMALL.deep_dives if each.title == title]
    assert running.replies(word)[-1].name == f"dive:{dive.id}"


def test_an_unclear_choice_is_asked_for_once_then_the_best_is_taken(running):
    running.to(1).say("Push to celebrity followers by fan-out.").to(2)
    assert running.replies("Hmm")[-1].name == "dive_unclear"
    assert running.replies("Hmm")[-1].name == "dive:fanout"


def test_a_question_between_does_not_lose_the_choice(running):
    running.to(2).say("Which would you like to see?")
    assert running.names[-1] == "defer"
    assert running.replies("Search")[-1].name == "dive:search"


def test_a_dive_asks_at_most_three_times_then_offers_another(running):
    running.to(2).say("Celebrity")
    names = [running.replies(LONG)[-1].name for _ in range(4)]
    assert names == ["probe:fanout:0", "probe:fanout:1", "probe:fanout:2", "dive_another"]
    assert running.replies("Search")[-1].name == "dive:search"


# -- the trade-off -----------------------------------------------------------


def test_the_trade_off_is_asked_for_by_its_five_steps(running):
    running.to(3)
    said = [reply.name for _ in range(9) for reply in running.replies(LONG)]
    names = [name for name in said if not name.startswith("trap:")]
    steps = [f"step:{step}" for step in STEPS]
    assert names[:8] == ["trade_off", *steps, "trade_off_done", "heard"]


def test_a_short_word_earns_no_next_step(running):
    running.to(3).say(LONG)
    assert [reply.name for reply in running.replies("Let me think.")] == ["heard"]


# -- traps -------------------------------------------------------------------


def throws(play: Play) -> list[str]:
    """Plays through to the end in silence, minute by minute, and gives what was thrown where."""
    thrown = []
    ends = play.state.plan.ends_s
    for minute in range(int(play.state.plan.total_s // 60)):
        play.at(minute, 30)
        if minute * 60 + 30 > ends[play.state.phase]:
            play.to(play.state.phase + 1)
        before = len(play.names)
        play.pulse()
        new = [line for line in play.state.lines if line.who == "interviewer"][before:]
        thrown += [f"{line.phase} {line.name}" for line in new if line.name.startswith("trap:")]
    return thrown


@pytest.mark.parametrize(("format_id", "phases"), [("45", "23"), ("60", "223")])
@pytest.mark.parametrize("seed", range(6))
def test_traps_are_thrown_in_the_deep_dive_and_at_scale(format_id, phases, seed):
    play = Play(format_id, seed).start()
    thrown = throws(play)
    assert "".join(each[0] for each in thrown) == phases
    assert len({each[2:] for each in thrown}) == len(phases)
    for each in thrown:
        trap = SMALL.trap(each.removeprefix(f"{each[0]} trap:"))
        assert trap is not None
        assert play.state.plan.phases[int(each[0])].id in trap.phases


def test_the_taster_throws_one_trap_on_entering_its_challenge():
    play = Play("8").start().at(5).to(1)
    assert play.names[-2] == "enter:challenge:0"
    assert play.names[-1].startswith("trap:")
    assert sum(name.startswith("trap:") for name in play.names) == 1


def test_the_seed_decides_which_traps_are_thrown():
    plans = {
        tuple(throw.trap.id for throw in traps.schedule(Play("45", seed).state, SMALL))
        for seed in range(40)
    }
    assert len(plans) > 3
    assert traps.schedule(Play("45", 7).state, SMALL) == traps.schedule(Play("45", 7).state, SMALL)


def test_a_trap_that_was_hurried_past_is_thrown_later_but_not_in_the_wrap_up():
    play = Play().start().to(3).at(1)
    assert play.pulse()[0].startswith("trap:")
    assert not any(name.startswith("trap:") for name in Play().start().to(4).at(44).pulse())


def test_no_trap_is_thrown_at_one_who_was_asked_to_choose(running):
    running.to(2).at(29)
    assert running.replies("Search")[-1].name == "dive:search"
    assert running.replies(LONG)[-1].name.startswith("trap:")


def test_untimed_a_trap_comes_by_the_answers():
    play = Play().do(Configure("45", "mid", untimed=True)).start().to(2)
    assert not play.replies("Search")[-1].name.startswith("trap:")
    assert play.replies(LONG)[-1].name.startswith("trap:")
    assert not any(play.replies(LONG)[-1].name.startswith("trap:") for _ in range(3))


# -- replay ------------------------------------------------------------------


def story(seed: int) -> Play:
    play = Play("60", seed).start().at(1).say("How many users do we have?")
    play.at(3).pulse()
    play.at(7).to(1).at(9).say(LONG).at(20).to(2).at(21).say("first").at(29).say(LONG)
    return play.at(41).to(3).at(45).say(LONG).at(51).to(4).at(60).do(Finish())


def test_the_same_story_gives_the_same_lines():
    assert story(5).log == story(5).log


def test_another_seed_gives_another_interview():
    assert len({tuple(story(seed).names) for seed in range(8)}) > 1


def test_a_state_folded_in_parts_is_the_state_folded_at_once():
    log = story(3).log
    for cut in range(len(log)):
        assert fold(log[cut:], fold(log[:cut])) == fold(log)
