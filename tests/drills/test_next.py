"""The next 20 minutes, and the progress page."""

import html as entities
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.drills.rounds import Player, wanted_pack
from trainer.accounts.models import User
from trainer.drills.coming import next_rounds, offers
from trainer.drills.heard import sightings
from trainer.drills.next_rules import Due, Offer, Weak, proposals
from trainer.drills.strengths import courses, times, weakest
from trainer.drills.subjects import subjects
from trainer.grading.models import Grading
from trainer.lib import clock
from trainer.schedule import coverage
from trainer.schedule.services import answered

PACK = wanted_pack()
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
OFFERS = [
    Offer("clarify", "Questions", 5, {}),
    Offer("traps", "Traps", 6, {"t1": "One", "t2": "Two", "t3": "Three"}),
    Offer("fire", "Fire", 2, {}),
    Offer("long", "Long", 15, {}),
]


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_who_is_new_begins_with_the_first_drills() -> None:
    rounds = proposals(OFFERS, (), (), {})
    assert [(each.drill, each.why) for each in rounds] == [
        (slug, "Not trained yet.") for slug in ("clarify", "traps", "fire")
    ]


def test_what_is_due_comes_first_then_what_is_weak_then_what_is_stale() -> None:
    due = [Due("traps", "t2", days_ago(2)), Due("fire", "a", days_ago(1)), Due("fire", "b", NOW)]
    weak = [Weak("traps", "t2", "Two", 0.1), Weak("traps", "t1", "One", 0.25)]
    last = {"clarify": days_ago(9), "long": days_ago(20), "fire": days_ago(1), "traps": NOW}
    rounds = proposals(OFFERS, due, weak, last)
    assert [(each.drill, each.item, each.why) for each in rounds] == [
        ("traps", "t2", "Due since 18 March."),
        ("fire", "a", "Due since 19 March, and 1 more."),
        ("traps", "t1", "“One” is at 25%."),
        ("clarify", "", "Last trained on 11 March."),
    ]
    assert rounds[0].title == "Traps: Two"


def test_it_is_never_more_than_twenty_minutes_nor_one_drill_alone() -> None:
    due = [Due("traps", f"t{n}", days_ago(n)) for n in (3, 2, 1)]
    for last in ({}, {"clarify": NOW}, {"long": NOW}):
        rounds = proposals(OFFERS, due, [Weak("gone", "", "Gone", 0)], last)
        assert sum(each.minutes for each in rounds) <= 20
        assert [each.drill for each in rounds].count("traps") == 2
    strong = proposals(OFFERS, (), [Weak("fire", "", "Fire", 0.9)], {})
    assert strong[0].drill == "clarify"


def test_every_subject_has_points_of_its_own_and_a_drill_that_is_there() -> None:
    found = subjects(PACK)
    points = [point for each in found for point in each.points]
    assert len(points) == len(set(points))
    assert {*PACK.points, *PACK.step_points} <= set(points)
    assert {each.drill for each in found} - {""} <= {offer.slug for offer in offers(PACK)}
    assert len({each.id for each in found}) == len(found)


def test_the_course_begins_at_the_first_sighting_and_decays() -> None:
    seen = {"t1.1": [(days_ago(28), True)], "t1.2": [(NOW, False)]}
    seen = {point: [coverage.Seen(*each) for each in rows] for point, rows in seen.items()}
    at = times(seen, NOW)
    assert (at[0], at[-1], len(at)) == (days_ago(28), NOW, 9)
    trap = next(each for each in subjects(PACK) if each.id == "t1")
    (course,) = courses([trap], seen, at)
    count = len(trap.points)
    assert course.values[0] == pytest.approx(1 / count)
    assert course.values[4] == pytest.approx(0.5 / count)
    assert (course.now, course.seen) == (pytest.approx(0.25 / count), 2)
    assert weakest([course]) == (course,)
    assert times({}, NOW)[0] == days_ago(7)


@pytest.mark.django_db
def test_an_interview_counts_by_its_newest_grade(client: Client) -> None:
    ann = User.objects.create(username="ann")
    coverage.seen(ann, "twitter", {"t1.1": False}, NOW - timedelta(days=9), "drill:a:t1")
    for days, covered in ((5, False), (1, True)):
        _graded(ann, "interview:x", NOW - timedelta(days=days), covered)
    _graded(ann, "drill:y:1", NOW, True)
    found = sightings(ann, "twitter")
    assert [each.covered for each in found["t1.1"]] == [False, True]
    assert [each.covered for each in found["m.1"]] == [True]  # said, though nobody asked
    assert "m.2" not in found  # not asked, and not held against anybody


def _graded(owner: User, subject: str, at: datetime, covered: bool) -> None:
    def point(id_: str, is_covered: bool) -> dict[str, object]:
        return {"id": id_, "covered": is_covered, "quote": None, "sure": 0.5, "note": ""}

    answers = [("t1", [("t1.1", covered)]), ("whole", [("m.1", True), ("m.2", False)])]
    grade = {
        **{"grader": "offline", "model": "", "rubric": "", "prompt": "", "fell_back": ""},
        "answers": [
            {"topic": topic, "points": [point(*each) for each in rows], "why_not": "", "notes": []}
            for topic, rows in answers
        ],
    }
    Grading.objects.create(
        owner=owner,
        subject=subject,
        frozen={"pack": "twitter", "level": "senior", "answers": []},
        attempt_hash=str(at),
        rubric="r",
        state="done",
        total=1,
        graded=grade,
        asked_at=at,
        finished_at=at,
    )


@pytest.mark.django_db
def test_the_page_of_drills_proposes_what_is_due_and_starts_it() -> None:
    player = Player("mistakes", item="it-never-fails")
    answered(player.owner, "drill:twitter:traps:t4", 1, clock.now() - timedelta(days=3))
    answered(player.owner, "drill:twitter:traps:gone", 1, clock.now() - timedelta(days=3))
    coverage.seen(player.owner, "twitter", {"t5.1": False}, clock.now(), "drill:a:t5")
    rounds = next_rounds(player.owner, PACK, clock.now())
    assert (rounds[0].drill, rounds[0].item) == ("traps", "t4")
    assert "t5" not in [each.item for each in rounds]  # it was answered just now
    tomorrow = next_rounds(player.owner, PACK, clock.now() + timedelta(days=1))
    assert (tomorrow[1].item, tomorrow[1].why) == ("t5", "“Manipulated trends” is at 0%.")
    assert sum(each.minutes for each in rounds) <= 20
    page = entities.unescape(player.client.get("/drills/").content.decode())
    assert "The next 20 minutes" in page
    assert 'href="/drills/twitter/traps/?item=t4"' in page
    assert "Trap questions: Ten times the scale" in page
    assert '<input type="hidden" name="item" value="t4">' in page


@pytest.mark.django_db
def test_progress_invites_before_anything_is_seen_and_shows_figures_after() -> None:
    assert "Nothing to show yet" in Client().get("/drills/progress/").text
    player = Player("quick-fire")
    assert "Nothing to show yet" in player.client.get("/drills/progress/").text
    trap = next(each for each in subjects(PACK) if each.id == "t1")
    at = clock.now()
    coverage.seen(player.owner, "twitter", dict.fromkeys(trap.points, True), at, "drill:a:t1")
    answered(player.owner, "drill:twitter:traps:t1", 3, at)
    page = player.client.get("/drills/progress/").text
    assert f"100%, {len(trap.points)} of {len(trap.points)} seen" in page
    assert '<th scope="row">Fan-out to everyone</th>' in page
    assert "The next item comes back on" in page
    assert '<a href="/drills/twitter/under-fire/">Numbers and degradation</a>' in page
