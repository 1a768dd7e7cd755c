"""The ladder of a trap question, step by step, and that nothing is given away on it."""

import html as entities
import json
from datetime import timedelta

import pytest

from tests.drills.rounds import Player, wanted_pack
from tests.grading.model import Model
from trainer.catalog.numbers import fill
from trainer.drills import trap_rules as rules
from trainer.drills.selectors import log_of
from trainer.grading.grades import AnswerGrade, PointGrade
from trainer.grading.models import Grading
from trainer.grading.running import work
from trainer.schedule.models import Item, Sighting

pytestmark = pytest.mark.django_db
TEXT = "celebs >100k: pull at read; the rest push"


def secrets(trap_id: str) -> list[str]:
    """Pieces of whatever must not be seen before the reveal."""
    pack = wanted_pack()
    trap = pack.trap(trap_id)
    texts = [part.text for part in trap.good_answer] + [point.text for point in trap.points]
    texts += [each for each in (trap.bad_answer, trap.bad_because) if each]
    pieces = [piece for text in texts for piece in text.split("{{")[0].split(". ")]
    return [piece[:30] for piece in pieces if len(piece) > 15]


def given_away(player: Player, trap_id: str) -> list[str]:
    seen = [entities.unescape(page) for page in player.seen]
    return [piece for piece in secrets(trap_id) if any(piece in page for page in seen)]


@pytest.mark.parametrize("trap_id", ["t1", "t4"])
def test_the_whole_ladder(trap_id: str) -> None:
    trap = wanted_pack().trap(trap_id)
    player = Player("traps", item=trap_id)
    assert secrets(trap_id)
    player.send("probe")  # too early: nothing happens
    player.send("answer", box="answer-1", text=TEXT)
    assert "waits to be graded" in player.page()
    player.graded(1, [trap.points[0].id])
    assert f"1 of {len(trap.points)} points found" in player.page()
    player.send("probe")
    assert trap.follow_ups[1].ask.split("?")[0] in entities.unescape(player.page())
    player.send("answer", box="answer-2", text="More, in my words.")
    player.page()
    player.graded(2, [trap.points[1].id])
    player.page()
    assert given_away(player, trap_id) == []
    player.send("reveal")
    page = entities.unescape(player.page())
    assert "2 of" in page
    assert "From your second answer" in page
    assert f'<blockquote class="quote">{TEXT[:20]}</blockquote>' in page
    assert "Not found in your words" in page
    assert all(part.heading in page for part in trap.good_answer)
    assert (trap.bad_answer or "") in page
    labs = [lab for lab in wanted_pack().labs if trap_id in lab.proves]
    assert labs
    assert all(f"/lab/twitter/{lab.slug}/" in page for lab in labs)
    player.send("done")
    assert player.kinds() == [
        "started", "answered", "probed", "answered", "revealed", "finished",
    ]  # fmt: skip
    assert "comes back in" in player.page()
    assert Item.objects.get().key == f"drill:twitter:traps:{trap_id}"
    assert Sighting.objects.filter(covered=True).count() == 2


def test_the_follow_up_is_at_the_first_missing_point_and_there_is_only_one() -> None:
    trap = wanted_pack().trap("t3")
    points = tuple(PointGrade(point.id, point.id in {"t3.1", "t3.3"}) for point in trap.points)
    found = rules.follow_up(trap, AnswerGrade("t3", points))
    assert found is not None
    assert found.point == "t3.2"
    whole = tuple(PointGrade(point.id, True) for point in trap.points)
    assert rules.follow_up(trap, AnswerGrade("t3", whole)) is None
    assert rules.follow_up(trap, AnswerGrade("t3", why_not="Another language.")) is None
    player = Player("traps", item="t3")
    player.send("answer", box="answer-1", text=TEXT)
    player.graded(1, [])
    for _ in range(2):
        player.send("probe")
    assert player.kinds().count("probed") == 1


def test_a_whole_answer_goes_straight_to_the_reveal() -> None:
    player = Player("traps", item="t5")
    player.send("answer", box="answer-1", text=TEXT)
    player.graded(1, [f"t5.{n}" for n in range(1, 8)])
    assert "Hear the follow-up" not in player.page()
    assert player.send("probe").status_code == 409
    player.send("reveal")
    player.send("done")
    assert "7 of 7" in player.page()


def test_what_cannot_be_graded_is_said_and_checked_by_hand() -> None:
    player = Player("traps", item="t5")
    player.send("answer", box="answer-1", text="Je ne le ferais jamais ainsi.")
    player.graded(1, [], why_not="This is not English, so it was not graded.")
    assert "This is not English" in player.page()
    player.send("reveal")
    assert "Not graded." in player.page()
    player.send("check", point="t5.1", said="1")
    player.send("check", point="t5.2", said="0")
    assert "1 of 7 points covered" in player.page()
    player.send("done")
    assert dict(Sighting.objects.values_list("point", "covered")) == {"t5.1": True, "t5.2": False}


def test_the_own_word_is_kept_beside_the_machines() -> None:
    player = Player("traps", item="t5")
    player.send("answer", box="answer-1", text=TEXT)
    player.graded(1, ["t5.1"])
    assert player.send("check", point="t5.2", said="1").status_code == 409  # not before the reveal
    player.send("reveal")
    player.send("check", point="t5.2", said="1")
    assert "The grader says otherwise; both are kept." in player.page()
    assert "2 of 7" in player.page()
    assert player.send("check", point="t9.9", said="1").status_code == 409
    assert player.send("check", point="t5.2", said="maybe").status_code == 409
    row = Grading.objects.get()
    assert row.grade is not None
    assert [point.id for point in row.grade.answers[0].points if point.covered] == ["t5.1"]


def test_a_mark_after_the_end_changes_what_was_covered_and_not_the_schedule() -> None:
    player = Player("traps", item="t5")
    player.send("answer", box="answer-1", text=TEXT)
    player.graded(1, [])
    player.send("reveal")
    player.send("done")
    due = Item.objects.get().due
    player.send("check", point="t5.3", said="1")
    assert Sighting.objects.get(point="t5.3").covered
    assert (Item.objects.get().due, Item.objects.get().reviews) == (due, 1)


def test_the_answer_can_be_seen_without_trying_and_the_draft_is_kept() -> None:
    player = Player("traps", item="t2")
    player.send("reveal", box="answer-1", text="half an ans")
    assert "half an ans" in player.page()
    assert "I did say this" not in player.page()
    player.send("done")
    assert Item.objects.get().reviews == 1
    assert not Sighting.objects.exists()


def test_the_end_waits_for_a_grade_that_is_under_way() -> None:
    player = Player("traps", item="t2")
    player.send("answer", box="answer-1", text=TEXT)
    assert player.send("done").status_code == 409
    player.send("reveal")
    assert player.send("done").status_code == 409
    player.graded(1, ["t2.1"])
    assert player.send("done").status_code == 200
    assert player.kinds()[-1] == "finished"


def test_without_a_worker_the_points_can_be_marked_and_the_round_ends() -> None:
    player = Player("traps", item="t2")
    player.send("answer", box="answer-1", text=TEXT)
    player.send("reveal")
    assert "I did say this" not in player.page()  # the grade will be there in a moment
    Grading.objects.update(asked_at=Grading.objects.get().asked_at - timedelta(minutes=1))
    assert "the worker is away" in player.page()
    assert "I did say this" in player.page()
    player.send("check", point="t2.1", said="1")
    assert player.send("done").status_code == 200
    assert player.kinds()[-1] == "finished"


def test_when_it_comes_back_is_counted_in_whole_days() -> None:
    player = Player("traps", item="t2")
    player.send("answer", box="answer-1", text=TEXT)
    player.graded(1, [point.id for point in wanted_pack().trap("t2").points])
    player.send("reveal")
    player.send("done")
    item = Item.objects.get()
    days = (item.due - item.reviewed_at).days
    assert days > 1
    assert f"comes back in {days} days" in player.page()
    Item.objects.update(due=item.reviewed_at)
    assert "This question is due again." in player.page()


def test_what_can_be_taken_along_shows_no_point_before_the_reveal() -> None:
    player = Player("traps", item="t2")
    player.send("answer", box="answer-1", text=TEXT)
    work(Grading.objects.get().id)
    player.seen.append(player.client.get("/you/data/").content.decode())
    taken = json.loads(player.seen[-1])["gradings"][0]["attempt"]["answers"][0]
    assert (taken["words"][0]["text"], taken["points"][0]) == (TEXT, "t2.1")
    assert given_away(player, "t2") == []


def test_late_answers_are_kept_and_marked() -> None:
    player = Player("traps", item="t2")
    player.earlier(181)
    assert "Time is up" in player.page()
    player.send("answer", box="answer-1", text=TEXT)
    assert "Your answer, late" in player.page()
    player.graded(1, [])
    player.send("probe")
    assert "Time is up" not in player.page()  # a clock of its own
    player.send("answer", box="answer-2", text="Soon enough.")
    assert [said.late for said in rules.answers(log_of(player.round))] == [True, False]


def test_a_grade_asked_for_twice_is_one_row() -> None:
    player = Player("traps", item="t2")
    player.send("answer", key="one", box="answer-1", text=TEXT)
    player.send("answer", key="one", box="answer-1", text=TEXT)
    row = Grading.objects.get()
    assert row.subject == f"drill:{player.round.id}:1"
    assert [answer.topic for answer in row.attempt.answers] == ["t2"]
    assert fill(wanted_pack().numbers, wanted_pack().trap("t2").ask) in row.attempt.answers[0].asks


def test_a_failed_grading_can_be_asked_for_again_and_does_not_stop_the_round() -> None:
    player = Player("traps", item="t2")
    player.send("answer", box="answer-1", text=TEXT)
    Grading.objects.update(state=Grading.State.FAILED, trouble="The grading failed.")
    assert "The grading failed." in player.page()
    for _ in range(2):
        player.send("regrade")
    row = Grading.objects.get()
    assert (row.state, row.trouble) == (Grading.State.QUEUED, "")
    assert player.kinds() == ["started", "answered", "regraded"]
    Grading.objects.update(state=Grading.State.FAILED, trouble="The grading failed.")
    player.send("reveal")
    player.send("check", point="t2.1", said="1")
    player.send("done")
    assert player.kinds()[-1] == "finished"


def test_a_language_model_that_is_unplugged_on_the_way(model: Model) -> None:
    model.quotes = {"t1.4": "the rest push"}
    player = Player("traps", item="t1")
    player.send("answer", box="answer-1", text=TEXT)
    work(Grading.objects.get().id)
    assert "1 of 9 points found" in player.page()
    player.send("probe")
    model.unplug()
    player.send("answer", box="answer-2", text="150M followers x 10 tweets is 1.5B writes a day.")
    second = Grading.objects.get(subject=f"drill:{player.round.id}:2")
    work(second.id)
    second.refresh_from_db()
    assert second.grade is not None
    assert second.grade.fell_back in entities.unescape(player.page())
    assert "Grade it again" in player.page()
    assert given_away(player, "t1") == []
    model.plug_in()
    player.send("regrade")
    work(second.id)
    second.refresh_from_db()
    assert second.grade is not None
    assert (second.grade.grader, second.grade.fell_back) == ("llm", "")
    assert "Grade it again" not in player.page()
    assert Grading.objects.count() == 2
