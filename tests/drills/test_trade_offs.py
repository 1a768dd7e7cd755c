"""Trade-offs in five steps: graded step by step by the offline grader itself."""

import html as entities

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.catalog.prose import plain
from trainer.grading import tasks
from trainer.grading.models import Grading
from trainer.schedule import coverage
from trainer.schedule.models import Review

pytestmark = pytest.mark.django_db
PACK = wanted_pack()
STEPS = {
    "problem": "A tweet must be in all followers' timelines within seconds, at 500M tweets a day.",
    "options": "Push copies it on write. Pull gathers timelines as they are read.",
    "analysis": "Push makes reads cheap, but a celebrity costs 150M writes. Pull writes nothing "
    "extra, but each read is slow.",
    "decision": "Hybrid: push below 100K followers, pull above, because few accounts cause most "
    "of the writes.",
    "limits": "There are no downsides.",
}


def argued(**texts: str) -> Player:
    player = Player("trade-offs", item="fan-out")
    player.send("argue", **{f"step-{name}": text for name, text in texts.items()})
    return player


def test_each_step_is_graded_with_its_own_quote() -> None:
    player = argued(**STEPS)
    assert "grading-progress" in player.page()
    tasks.grade(Grading.objects.get().id)
    player.send("reveal")
    page = entities.unescape(player.page())
    for step in ("problem", "options", "analysis", "decision"):
        assert f"Found: <q>{STEPS[step][:10]}" in page, step
    assert page.count("Not found.") >= 1
    assert "What they decided" in page
    player.send("check", point="st.5", said="1")
    assert "both are kept" in player.seen[-1]
    player.send("done")
    assert "comes back on" in player.page()
    seen = coverage.seen_points(player.owner, "twitter")
    assert {name: each[0].covered for name, each in seen.items() if name.startswith("st.")} == {
        f"st.{n}": True for n in range(1, 6)
    }
    assert Review.objects.get().rating == 4


def test_what_stands_in_another_step_does_not_count_for_it() -> None:
    player = argued(problem=STEPS["decision"], limits=STEPS["decision"])
    tasks.grade(Grading.objects.get().id)
    answers = Grading.objects.get().grade.answers
    assert [each.topic for each in answers] == ["problem", "limits", "decision:fan-out"]
    player.send("reveal")
    assert player.page().count("You left this step empty.") == 3
    player.send("done")
    seen = coverage.seen_points(player.owner, "twitter")
    assert [seen[f"st.{n}"][0].covered for n in (2, 3, 4)] == [False] * 3


def test_neither_examples_nor_the_decision_are_shown_before_the_reveal() -> None:
    player = argued(problem="Something.")
    player.page()
    decision = PACK.trade_offs.decisions[0]
    secrets = [decision.option_a, decision.why, decision.point.text]
    secrets += [step.example for step in PACK.trade_offs.steps]
    secrets += [step.point.text for step in PACK.trade_offs.steps]
    shown = entities.unescape(" ".join(player.seen))
    assert not [text for text in secrets if plain(PACK, text)[:30] in shown]


def test_refusals_keep_what_was_typed() -> None:
    player = Player("trade-offs", item="fan-out")
    assert player.send("argue", **{"step-problem": " "}).status_code == 409
    long = {"step-problem": "<b>x</b>" + "x" * 15_000, "step-limits": "y" * 15_000}
    assert player.send("argue", **long).status_code == 413
    assert "&lt;b&gt;x&lt;/b&gt;xxx" in player.seen[-1]
    assert "y" * 15_000 in player.seen[-1]
    assert player.send("done").status_code == 409
    assert player.send("check", point="st.1", said="1").status_code == 409
    player.send("argue", **{"step-problem": "One tweet."})
    assert player.send("argue", **{"step-problem": "Another."}).status_code == 409
    assert player.send("done").status_code == 409
    assert Grading.objects.count() == 1


def test_without_a_grade_the_steps_can_be_marked_by_hand() -> None:
    player = argued(problem="Wie kommt ein neuer Beitrag in die Listen aller, die folgen wollen?")
    tasks.grade(Grading.objects.get().id)
    player.send("reveal")
    player.send("check", point="st.1", said="1")
    player.send("done")
    seen = coverage.seen_points(player.owner, "twitter")
    assert seen["st.1"][0].covered
