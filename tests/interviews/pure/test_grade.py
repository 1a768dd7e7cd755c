"""The five signals and the verdict: counted from points, questions and the log, and explained."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.interviews.graded import SENTENCES, graded, sat, twitter
from tests.interviews.play import START, Play
from trainer.grading.grades import Quote
from trainer.grading.offline.grader import AGAINST
from trainer.interviews.commands import Check, Finish, Pause, Redo, Resume, Save, Start
from trainer.interviews.grade.counted import Counted
from trainer.interviews.grade.effective import Overrule
from trainer.interviews.grade.mistakes import Found
from trainer.interviews.grade.quiet import longest_quiet_s
from trainer.interviews.grade.quotes import marks
from trainer.interviews.grade.signals import Measured

MOST = ("m.1", "m.3", "m.4", "m.5", "m.6", "m.7", "m.9", "m.10", "tr.1", "tr.3", "t3.1", "t1.8")


def scores(found: Counted) -> dict[str, int | None]:
    return {each.signal.id: each.score for each in found.scored}


def verdict(found: Counted) -> str:
    assert found.judgement
    return found.judgement.verdict.id if found.judgement.verdict else ""


def everything(play: Play) -> list[str]:
    return list(play.pack.points)


@pytest.mark.parametrize("said", ["", "fine", "fine, fine. FINE?"])
@pytest.mark.parametrize("level", ["mid", "senior", "staff"])
def test_nothing_or_fine_gets_the_minimum_in_all_five_and_says_why(said: str, level: str) -> None:
    play = sat(level=level, said=dict.fromkeys(SENTENCES, said), asked=(), outline="")
    found = graded(play, everything(play))  # whatever a grader would make of it
    assert set(scores(found).values()) == {1}
    assert verdict(found) == "strong-no"
    assert found.judgement
    assert "nothing to grade" in found.judgement.why
    assert all(each.why for each in found.scored)


def test_all_of_it_covered_is_a_strong_yes_and_none_of_it_is_not() -> None:
    play = sat()
    assert verdict(graded(play, everything(play))) == "strong-yes"
    assert verdict(graded(play)) in {"no", "strong-no"}


def test_more_points_never_lower_a_signal() -> None:
    play = sat()
    few, many = scores(graded(play, MOST[:4])), scores(graded(play, everything(play)))
    assert all((few[id_] or 0) <= (many[id_] or 0) for id_ in many)
    assert few != many


def test_the_same_words_count_for_less_at_a_higher_level() -> None:
    means = []
    for level in ("mid", "senior", "staff"):
        values = scores(graded(sat(level=level), MOST)).values()
        means.append(sum(score or 0 for score in values))
    assert means == sorted(means, reverse=True)
    assert means[0] > means[-1]


def test_one_signal_at_the_minimum_bars_a_yes_and_is_named() -> None:
    play = sat(asked=())
    found = graded(play, everything(play))
    assert scores(found)["requirements"] == 1
    assert verdict(found) == "no"
    assert found.judgement
    assert "would do for" in found.judgement.why
    assert "0 of 7 essential questions" in found.judgement.why


def test_the_short_format_has_no_evidence_for_what_it_has_no_phase_for() -> None:
    found = graded(sat("8"), ["t3.1", "t3.2", "t3.3", "t3.4"])
    without = {each.signal.id: each.why for each in found.scored if each.score is None}
    assert set(without) == {"design", "trade-offs"}
    assert all("no part that shows it" in why for why in without.values())
    assert found.judgement
    assert (found.judgement.counted, found.judgement.of) == (3, 5)


def test_an_interview_left_early_is_not_spared_what_it_never_reached() -> None:
    play = (
        Play("45", pack=twitter()).start().later(30).say("How many daily active users are there?")
    )
    play.later(20).say("I would begin with a gateway, a tweet service, Kafka, Redis and MySQL.")
    found = graded(play.later(5).do(Finish()))
    assert scores(found)["depth"] == 1
    assert any("ended before" in m.said for s in found.scored for m in s.measured)


def test_what_the_grader_cannot_read_gets_no_verdict_and_no_silent_minimum() -> None:
    found = graded(sat(), why_not="The answer is not in English.")
    assert set(scores(found).values()) == {None}
    assert verdict(found) == ""
    assert found.judgement
    assert found.judgement.why == "The answer is not in English."


def test_an_untimed_interview_is_not_judged_by_minutes() -> None:
    play = sat()
    assert "pace" in kinds(graded(play))
    play.state = replace(play.state, plan=replace(play.state.plan, untimed=True))
    assert "pace" not in kinds(graded(play))


def kinds(found: Counted) -> set[str]:
    return {measured.measure.kind for each in found.scored for measured in each.measured}


def test_an_interviewer_overrules_the_candidate_who_overrules_the_machine() -> None:
    play = sat().do(Check("tr.1", True), Check("m.7", False))
    first = Overrule("Ada", "tr.1", False, START)
    later = Overrule("Bob", "tr.1", True, START + timedelta(hours=1))
    judged = graded(play, ["m.7"]).judged
    assert (judged["tr.1"].covered, judged["tr.1"].by) == (True, "candidate")
    assert (judged["m.7"].covered, judged["m.7"].by, judged["m.7"].disputed) == (
        False,
        "candidate",
        True,
    )
    assert judged["m.7"].machine
    assert judged["m.7"].machine.covered  # kept beside it
    overruled = graded(play, overrules=[later, first]).judged["tr.1"]
    assert (overruled.covered, overruled.by, overruled.own) == (True, "interviewer", True)
    assert graded(play, overrules=[first]).judged["tr.1"].covered is False
    assert judged["t1.1"].covered is False
    assert judged["t1.1"].by == "machine"


def test_a_check_of_ones_own_counts_in_the_signals() -> None:
    play = sat()
    before = scores(graded(play))["trade-offs"]
    play.do(*(Check(point, True) for point in ("tr.1", "tr.2", "m.7", "t3.1", "t3.3")))
    after = scores(graded(play))["trade-offs"]
    assert before is not None
    assert after is not None
    assert after > before


def kind(found: Counted, point: str) -> Found:
    return next(each for each in found.mistakes if each.mistake.point.id == point)


def test_a_mistake_is_made_only_where_the_text_asserts_it() -> None:
    play = sat()
    words = play.state.said()[-1].text[:20]
    notes = {"m.3": f"{AGAINST}“{words}”", "m.4": "It is only listed."}
    found = graded(play, ["m.6", "m.9"], notes)
    assert kind(found, "m.3").kind == "made"
    quote = kind(found, "m.3").quote
    assert quote
    said = {line.seq: line.text for line in play.state.said()}
    assert said[quote.seq][quote.start : quote.end] == quote.text == words
    assert kind(found, "m.4").kind == "unmentioned"
    assert [kind(found, point).kind for point in ("m.6", "m.9")] == ["avoided", "avoided"]
    assert kind(found, "m.6").quote


def test_a_mistake_that_the_candidate_or_an_interviewer_clears_is_not_made() -> None:
    play = sat().do(Check("m.3", True))
    assert kind(graded(play, notes={"m.3": f"{AGAINST}“x”"}), "m.3").kind == "avoided"


def test_the_best_moment_is_in_the_candidates_words_and_there_is_none_without() -> None:
    play = sat()
    best = graded(play, ["t1.4", "m.1"]).best
    assert best
    assert best.quote.text == play.state.said()[-1].text[:9]
    assert [point.id for point in best.points] == ["t1.4", "m.1"]
    assert graded(play).best is None


def test_what_to_train_comes_from_the_weakest_and_is_three_at_most() -> None:
    for play in (sat(), sat(asked=(), outline="")):
        wanted = graded(play, MOST[:3]).train
        assert len(wanted) == len({(each.kind, each.slug) for each in wanted}) == 3
        assert sum(each.kind == "lab" for each in wanted) <= 1
    assert wanted[0].slug == "clarify"
    assert any(each.slug == "traps" and each.item for each in graded(sat(), MOST).train)
    assert not graded(sat(), everything(play)).train


def test_the_longest_silence_is_on_the_interviews_clock() -> None:
    play = Play("8").start().at(0, 30).say("How many users do we have?")
    play.at(1).do(Save("draft", "Typing is no silence", 1)).at(2).do(Save("notes", "private", 0))
    play.at(2, 30).do(Pause()).at(60).do(Resume()).at(61, 30).do(Save("outline", "A -> B", 0))
    assert longest_quiet_s(play.log) == 180
    play.at(120).do(Finish())
    assert longest_quiet_s(play.log) == 8 * 60 - 240  # to the deadline, and no further
    assert longest_quiet_s(Play("8").do(Start()).at(3).do(Finish()).log) == 180


def test_quotes_that_overlap_are_one_mark_and_nothing_is_lost() -> None:
    text = "We pull celebrities at read time, and push the rest."
    found = marks(
        [
            Quote("message", 4, 3, 19, text[3:19]),
            Quote("message", 4, 8, 32, text[8:32]),
            Quote("message", 4, 38, 51, text[38:51]),
        ]
    )
    pieces = found.pieces(4, text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.id] == [text[3:32], text[38:51]]
    assert found.anchor(Quote("message", 4, 8, 32, text[8:32])) == "said-4-3"
    assert found.pieces(5, "No quote.")[0].id == ""


def test_a_second_answer_changes_no_grade() -> None:
    play = sat()
    trap = next(name for name in play.names if name.startswith("trap:"))
    before = scores(graded(play, MOST))
    play.do(Redo(trap, "A far better answer than the first one was.", 60))
    assert scores(graded(play, MOST)) == before


def test_a_text_in_another_script_is_not_called_nothing() -> None:
    """It has few blanks, and so few words; the grader cannot read it, which is another matter."""
    said = dict.fromkeys(SENTENCES, "名人使用读扩散普通用户使用写扩散")
    found = graded(sat(said=said, asked=(), outline=""), why_not="The answer is not in English.")
    assert set(scores(found).values()) == {None}
    assert found.judgement
    assert found.judgement.why == "The answer is not in English."


def test_extra_time_makes_a_silence_no_longer_and_without_a_clock_there_is_none() -> None:
    play = sat(said={"high_level": SENTENCES["high_level"]})
    usual = {each.measure.kind: each.score for each in communication(graded(play))}
    play.state = replace(play.state, extra=20.0)
    extra = {each.measure.kind: each.score for each in communication(graded(play))}
    assert usual["quiet"] < extra["quiet"] == 4
    play.state = replace(play.state, plan=replace(play.state.plan, untimed=True))
    assert "quiet" not in kinds(graded(play))


def communication(found: Counted) -> tuple[Measured, ...]:
    return next(each.measured for each in found.scored if each.signal.id == "communication")


def test_a_mistake_is_not_made_in_words_that_nobody_said() -> None:
    note = f"{AGAINST}“These words were never sent.”"
    point = twitter().mistakes[0].point.id
    assert {each.kind for each in graded(sat(), notes={point: note}).mistakes} == {"unmentioned"}
