"""How a visitor's predictions are judged: first ones alone, by powers of ten."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from tests.lab.runs import SLUG, someone, the_lab
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.lab import intuition
from trainer.lab.models import Attempt
from trainer.lab.selectors import measured_attempts

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def attempt(predicted: float | None, measured: float, lab: str = SLUG, minute: int = 0) -> Attempt:
    at = NOON + timedelta(minutes=minute)
    return Attempt(
        pack="twitter",
        lab=lab,
        predicted=predicted,
        predicted_at=at,
        used_at=at,
        measured=measured,
        measured_at=at,
    )


def other_lab() -> str:
    return next(lab.slug for lab in get_pack("twitter").labs if lab.slug != SLUG)


@pytest.mark.parametrize(
    ("predicted", "measured", "error", "text"),
    [
        (100, 100, 0.0, "exact"),
        (10, 100, 1.0, "10 times too low"),
        (1000, 10, 2.0, "100 times too high"),
        (150, 100, math.log10(1.5), "50% too high"),
        (105, 100, math.log10(1.05), "within 10% of what was measured"),
        (0, 0, 0.0, "exact"),
        (0, 100, None, "no factor from zero"),
        (100, 0, None, "no factor from zero"),
        (None, 100, None, ""),
    ],
)
def test_the_error_is_in_powers_of_ten_either_way(predicted, measured, error, text):
    row = intuition.of([attempt(predicted, measured)]).rows[0]
    assert row.log_error == (None if error is None else pytest.approx(error))
    assert row.factor_text == text


def test_only_the_first_attempt_at_a_lab_counts():
    found = intuition.of([attempt(1, 1000), attempt(1000, 1000, minute=1)])
    assert [row.is_first for row in found.rows] == [False, True]  # newest first
    assert found.summary == intuition.summary([3.0])
    assert found.chart is None


def test_no_idea_is_shown_and_not_counted_nor_is_what_follows_it():
    found = intuition.of([attempt(None, 1000), attempt(1000, 1000, minute=1)])
    assert [row.predicted_text for row in found.rows][-1] == "No idea"
    assert found.summary == ""
    assert found.chart is None


def test_a_lab_that_is_gone_is_left_out():
    gone = attempt(1, 2)
    gone.pack = "gone"
    assert intuition.of([gone, attempt(1, 2, lab="gone")]).rows == []


def test_the_chart_has_the_counted_errors_in_their_order():
    found = intuition.of(
        [attempt(10, 100), attempt(None, 5, minute=1), attempt(1000, 10, other_lab(), minute=2)]
    )
    each, median = found.chart["series"]
    assert (each["x"], each["y"]) == ([1, 2], [1.0, 2.0])
    assert median["y"] == [1.0, 1.5]


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ([], ""),
        ([0.0], "The one prediction that counts was within 10% of what was measured."),
        ([2.0], "The one prediction that counts was within a factor of 100 of what was measured."),
        (
            [2.0, 0.0, math.log10(3.21)],
            "In 3 labs, at least half of your first predictions were within a factor of 3.3 of"
            " what was measured.",
        ),
        (
            [2.0, 2.0, 2.0, 1.0, 0.0, 0.0, 0.0],
            "In 7 labs, at least half of your first predictions were within a factor of 10 of what"
            " was measured. Of the first 3 it was a factor of 100; of the last 3, 10%.",
        ),
    ],
)
def test_the_summary_says_within_which_factor_half_of_them_were(errors, said):
    assert intuition.summary(errors) == said


@pytest.mark.django_db
def test_what_a_guest_predicted_counts_after_they_sign_in():
    guest, account = someone("guest-1"), User.objects.create(username="ann")
    for owner, made in ((account, attempt(100, 100, minute=5)), (guest, attempt(1, 1000))):
        made.owner = owner
        made.save()
    merge_guest(guest.pk, account.pk)
    found = intuition.of(measured_attempts(account.pk))
    assert [(row.log_error, row.is_first) for row in found.rows] == [
        (0.0, False),
        (pytest.approx(3.0), True),
    ]
    assert not User.objects.filter(pk=guest.pk).exists()


@pytest.mark.django_db
def test_the_page_shows_it_to_its_owner_alone(client):
    made = attempt(None, 1000)
    made.owner = someone("a")
    made.save()
    assert the_lab().title not in client.get("/lab/intuition/").text
    client.force_login(made.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/lab/intuition/").text
    assert the_lab().title in page
    assert "No idea" in page
