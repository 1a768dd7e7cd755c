"""Clarifying questions: what is heard, what is hidden, and what comes of it."""

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.drills import clarify_rules as rules
from trainer.drills.selectors import log_of
from trainer.schedule.models import Item

pytestmark = pytest.mark.django_db
ALL_SEVEN = (
    "Should I focus on the For You timeline, or are search and trends in scope too?",
    "How many daily active users should I plan for?",
    "Is it read-heavy or write-heavy?",
    "What is the latency target for loading a timeline?",
    "How do we treat celebrities with 100M followers?",
    "Are real-time features such as trends part of the task?",
    "Must it run in several regions?",
)


def asking(*texts: str) -> Player:
    player = Player("clarify")
    for n, text in enumerate(texts):
        player.send("ask", box=f"ask-{n}", text=text)
    return player


def outcome(player: Player) -> rules.Outcome:
    return rules.outcome(log_of(player.round), wanted_pack())


def test_a_question_gets_the_fact_and_a_statement_does_not() -> None:
    assert "250M" in asking("How many daily users are there?").page()
    player = asking("I would use a cache here.")
    assert "250M" not in player.page()
    assert not rules.messages(log_of(player.round))[0].heard


def test_a_note_of_few_words_asks_too() -> None:
    assert "250M" in asking("daily users").page()


def test_the_seven_and_their_reasons_are_on_no_page_before_the_end() -> None:
    player = asking("How many daily users are there?", "Which database should I take?", "Hello.")
    player.send("correct", asked="2", nth="0", question="")
    player.send("correct", asked="2", nth="0", question="q3")
    player.send("ask", box="ask-3", text=" ")
    player.page()
    pack = wanted_pack()
    hidden = [each.why for each in pack.clarify.essential] + [pack.clarify.opens_why]
    hidden += [each.ask for each in pack.clarify.essential]
    hidden += [each.why_not for each in pack.clarify.avoid]
    for page in player.seen:
        assert not [text for text in hidden if text[:40] in page]
    player.send("finish")
    assert all(each.why[:40] in player.page() for each in pack.clarify.essential)


def test_all_seven_in_order_are_the_best_that_can_be() -> None:
    player = asking(*ALL_SEVEN)
    player.send("finish")
    found = outcome(player)
    assert [put.question.id for put in found.asked] == [f"q{n}" for n in range(1, 8)]
    assert (found.never, found.forbidden, found.early, found.rating) == ((), (), (), 4)
    assert "7 of 7" in player.page()
    assert Item.objects.get().key == "drill:twitter:clarify:all"


def test_several_questions_in_one_message_all_count() -> None:
    found = outcome(asking("How many daily users? What is the p99 latency? Is it read heavy?"))
    assert [put.question.id for put in found.asked] == ["q2", "q4", "q3"]


def test_what_should_open_is_missed_and_the_forbidden_costs() -> None:
    player = asking(ALL_SEVEN[3], "Which database should I take?", ALL_SEVEN[3], "What about tea?")
    player.send("finish")
    found = outcome(player)
    assert [question.id for question in found.early] == ["q4"]
    assert [question.id for question, _ in found.forbidden] == ["n1"]
    assert [heard.words for heard in found.repeated] == [ALL_SEVEN[3]]
    assert [heard.words for heard in found.wasted] == ["What about tea?"]
    assert found.rating == 1
    assert "before scope and scale were settled" in player.page()


def test_i_meant_another_is_logged_shown_and_counted() -> None:
    player = asking("Which database should I take?")
    seq = rules.messages(log_of(player.round))[0].seq
    player.send("correct", asked=str(seq), nth="0", question="")
    assert "you meant another" in player.page()
    player.send("finish")
    player.send("correct", asked=str(seq), nth="0", question="q3")
    assert [put.question.id for put in outcome(player).asked] == ["q3"]
    assert not outcome(player).forbidden
    assert "You meant: Are reads or writes" in player.page()
    assert player.kinds() == ["started", "asked", "corrected", "finished", "corrected"]
    player.round.refresh_from_db()
    assert player.round.summary == {"asked": 1, "of": 7}


@pytest.mark.parametrize("wrong", [{"question": "n1"}, {"nth": "9"}, {"asked": "x"}])
def test_a_correction_of_nothing_is_refused(wrong: dict[str, str]) -> None:
    player = asking("How many daily users are there?")
    player.send("finish")
    fields = {"asked": "2", "nth": "0", "question": "q3", **wrong}
    assert player.send("correct", **fields).status_code == 409


def test_after_the_time_a_question_is_kept_and_marked_and_not_answered() -> None:
    player = Player("clarify")
    player.earlier(301)
    player.send("ask", box="ask-0", text="How many daily users are there?")
    assert "250M" not in player.page()
    assert "You, late" in player.page()
    player.send("finish", box="ask-1", text="And one that was not sent")
    assert outcome(player).asked == ()
    assert len(outcome(player).late) == 1
    assert "And one that was not sent" in player.page()


def test_an_ended_round_takes_no_question() -> None:
    player = asking("How many daily users are there?")
    player.send("finish")
    assert player.send("ask", box="ask-1", text="And more?").status_code == 409
