"""The scorecard: what is kept of it, what it lacks, and that it stays once submitted."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.host.seats import SIGNALS, client_of, filled, seat
from tests.interviews.sitting import HOSTILE, Sitting
from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.host import scoring
from trainer.host.card import Card, from_json
from trainer.host.errors import SeatGone
from trainer.host.inviting import revoke
from trainer.host.models import Draft, Invitation, Scorecard
from trainer.interviews import commands as cmd

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def page(sat: Sitting) -> str:
    return f"/interviews/{sat.interview.id}/scorecard/"


@pytest.fixture
def line(sat: Sitting) -> int:
    return sat.state.said()[1].seq


def test_a_draft_is_kept_and_comes_back(rating: Client, page: str, line: int) -> None:
    assert rating.post(page, filled(line)).status_code == 302
    text = rating.get(page).text
    assert "Come again." in text
    assert text.count(f'value="{line}:0:6"') == 5
    assert 'name="base_revision" value="1"' in text


def test_words_by_hand_are_taken_to_the_letter_or_refused(
    rating: Client, sat: Sitting, page: str, line: int
) -> None:
    words = " ".join(sat.state.said()[1].text.split()[2:7])
    by_hand = {"line-depth": str(line), "words-depth": words, "add": "depth"}
    assert rating.post(page, filled(line) | by_hand)["Location"].endswith("#signal-depth")
    (_, span) = from_json(Draft.objects.get().content).mark("depth").evidence
    assert span.text == words
    by_hand |= {"words-depth": words + " indeed", "base_revision": "1"}
    response = rating.post(page, filled(line) | by_hand)
    assert response.status_code == 422
    assert "does not have these words" in response.text
    assert "Come again." in response.text
    assert Draft.objects.get().revision == 1


def test_evidence_is_removed_without_a_script(rating: Client, page: str, line: int) -> None:
    rating.post(page, filled(line))
    rating.post(page, filled(line, base_revision=1, remove="design:0"))
    card = from_json(Draft.objects.get().content)
    assert [len(card.mark(signal).evidence) for signal in SIGNALS] == [1, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"comment": "x" * 10_001}, "the limit is 10,000"),
        ({"comment-depth": "x" * 2_001}, "the limit is 2,000"),
        ({"verdict": "perhaps"}, "none of the choices"),
        ({"score-depth": "5"}, "none of the choices"),
        ({"evidence-depth": ["LINE:0:9999999"]}, "Select anew"),
        ({"evidence-depth": ["x"]}, "could not be read"),
        ({"evidence-depth": ["999999:0:1"]}, "There is no line"),
        ({"evidence-depth": [f"LINE:0:{n}" for n in range(1, 12)]}, "10 places"),
        ({"base_revision": "-1"}, "could not be read"),
        ({"editor": "<b>"}, "could not be read"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_saved(
    bad: dict[str, object], told: str, rating: Client, page: str, line: int
) -> None:
    named = {
        name: [place.replace("LINE", str(line)) for place in value]
        if isinstance(value, list)
        else value
        for name, value in bad.items()
    }
    response = rating.post(page, filled(line) | named, **JSON)
    assert response.status_code == 422
    assert told in response.json()["error"]
    assert not Draft.objects.filter(revision__gt=0).exists()


def test_markup_and_control_characters_are_inert(rating: Client, page: str, line: int) -> None:
    rating.post(page, filled(line, comment=HOSTILE + "\x00\x07"))
    text = rating.get(page).text
    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert from_json(Draft.objects.get().content).comment == HOSTILE


def test_a_stale_page_overwrites_nothing_and_both_versions_are_kept(
    rating: Client, page: str, line: int
) -> None:
    rating.post(page, filled(line, comment="First."))
    by_script = rating.post(page, filled(line, comment="Second."), **JSON)
    assert by_script.status_code == 409
    assert by_script.json()["revision"] == 1
    assert "First." in by_script.json()["html"]
    plain = rating.post(page, filled(line, comment="Second."))
    assert plain.status_code == 409
    assert "First." in plain.text
    assert "Second.</textarea>" in plain.text
    draft = Draft.objects.get()
    assert from_json(draft.content).comment == "First."
    assert from_json(draft.other).comment == "Second."
    assert "Second." in rating.get(page).text
    rating.post(page, {"discard": "1"})
    assert "Second." not in rating.get(page).text


def test_a_pages_own_last_save_is_no_conflict(rating: Client, page: str, line: int) -> None:
    """As when the page is left before the answer to its save is there."""
    own = {"editor": "a" * 16}
    rating.post(page, filled(line, comment="One.", turn=1, **own), **JSON)
    late = rating.post(page, filled(line, comment="Two.", turn=2, **own), **JSON)
    assert late.json() == {"revision": 2}
    assert from_json(Draft.objects.get().content).comment == "Two."


def test_nothing_is_submitted_that_lacks_a_mark_a_place_or_a_reason(
    rating: Client, sat: Sitting, page: str, line: int
) -> None:
    point = next(
        id_ for id_ in ("t1.1", "t2.1", "t3.1", "t4.1", "t5.1") if has_point(rating, page, id_)
    )
    data = filled(line, **{f"point-{point}": "1", "verdict": "", "score-depth": ""})
    rating.post(page, data | {"evidence-design": []})
    text = rating.get(page + "submit/").text
    for told in ("Depth: choose", "Design: tie", "Choose a verdict", f"Point {point}: say"):
        assert told in text
    assert rating.post(page + "submit/", {"revision": "1"}).status_code == 409
    assert not Scorecard.objects.exists()


def has_point(client: Client, page: str, id_: str) -> bool:
    return f'name="point-{id_}"' in client.get(page).text


def test_not_enough_evidence_will_do_everywhere(rating: Client, page: str, line: int) -> None:
    nothing = {f"score-{signal}": "none" for signal in SIGNALS} | {"verdict": "none"}
    rating.post(page, {"base_revision": "0", **nothing})
    assert rating.post(page + "submit/", {"revision": "1"}).status_code == 302
    assert Scorecard.objects.get().content["verdict"] == "none"


def test_a_submitted_scorecard_stays_as_it_is(rating: Client, page: str, line: int) -> None:
    rating.post(page, filled(line))
    assert rating.post(page + "submit/", {"revision": "0"}).status_code == 409  # not what was seen
    rating.post(page + "submit/", {"revision": "1"})
    for response in (
        rating.post(page, filled(line, comment="Other.")),
        rating.post(page, {}, **JSON),
    ):
        assert response.status_code == 409
        assert "stays as it is" in response.text
    rating.post(page + "submit/", {"revision": "1"})
    card = Scorecard.objects.get()
    card.content["comment"] = "Other."
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        card.save()
    card.refresh_from_db()
    assert card.content["comment"] == "Come again."
    assert not Draft.objects.exists()


def test_a_running_interview_can_be_followed_and_not_submitted(owner: User, rater: User) -> None:
    running = Sitting(owner, "45", opened=datetime.now(UTC)).say("How many users are there?")
    seat(running.interview, rater)
    client = client_of(rater)
    page = f"/interviews/{running.interview.id}/scorecard/"
    text = client.get(page).text
    assert "How many users are there?" in text
    address = f"{page}transcript/?seen={running.state.seq}"
    hx = {"HTTP_HX_REQUEST": "true"}
    assert client.get(address, **hx).status_code == 204
    running.say("Is it read-heavy?")
    assert "Is it read-heavy?" in client.get(address, **hx).text
    assert client.get(address).status_code == 302
    client.post(page, filled(running.state.said()[0].seq))
    assert "not over" in client.get(page + "submit/").text
    assert client.post(page + "submit/", {"revision": "1"}).status_code == 409
    assert client.get(page + "replay/").status_code == 409
    running.do(cmd.Finish())
    assert "hx-trigger" not in client.get(address, **hx).text
    assert client.post(page + "submit/", {"revision": "1"}).status_code == 302


def test_two_raters_have_a_scorecard_each(
    rating: Client, sat: Sitting, owner: User, page: str, line: int
) -> None:
    second = User.objects.create_user("second")
    other_seat = seat(sat.interview, second, "Bob")
    other = client_of(second)
    rating.post(page, filled(line, comment="Of the first."))
    assert "Of the first." not in other.get(page).text
    other.post(page, filled(line, comment="Of the second."))
    for client in (rating, other):
        client.post(page + "submit/", {"revision": "1"})
    report = client_of(owner).get(f"/interviews/{sat.interview.id}/report/").text
    assert "Of the first." in report
    assert "Of the second." in report
    assert "Of the first." not in other.get(page).text
    assert Invitation.objects.get(pk=other_seat.pk).accepted_by == second


def test_nothing_is_kept_of_who_is_revoked_while_they_save(
    own_seat: Invitation, sat: Sitting, rater: User
) -> None:
    """The request had been let in before."""
    revoke(sat.interview, own_seat.id, datetime.now(UTC))
    with pytest.raises(SeatGone):
        scoring.save(own_seat, rater.pk, Card(), scoring.From(0), datetime.now(UTC))
    pack = get_pack("twitter")
    with pytest.raises(SeatGone):
        scoring.submit(own_seat, rater.pk, 0, sat.state, pack, datetime.now(UTC))


def test_an_outline_that_begins_with_an_empty_line_keeps_its_places(
    owner: User, rater: User
) -> None:
    """HTML drops the first line end of a <pre>; every place after it would be one too low."""
    sitting = Sitting(owner, "8").do(cmd.Start()).save("outline", "\nClient -> Redis")
    seat(sitting.interview, rater)
    text = client_of(rater).get(f"/interviews/{sitting.interview.id}/scorecard/").text
    assert 'data-seq="0">\n\nClient -&gt; Redis</pre>' in text
