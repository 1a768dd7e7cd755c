"""Who may read what: roles on every address, and that a rater is blind until they submit."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.host.seats import client_of, filled, now, seat
from tests.interviews.sitting import Sitting
from trainer.accounts import portability
from trainer.accounts.guests import delete_idle_guests
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.catalog.prose import plain
from trainer.grading.models import Grading
from trainer.grading.running import work
from trainer.host.models import Draft, Invitation, Scorecard
from trainer.interviews import commands as cmd
from trainer.interviews.grade.overrules import overrules_of
from trainer.interviews.report.page import report_of
from trainer.interviews.report.topics import topics

pytestmark = pytest.mark.django_db
NOTES = "Ask about regions if time allows."
READS = ("scorecard/", "scorecard/transcript/", "scorecard/submit/", "scorecard/replay/")
WRITES = ("scorecard/", "scorecard/submit/")
OWNERS = ("report/", "replay/", "export.md", "invitations/", "report/grade/")


def at(sat: Sitting, name: str) -> str:
    return f"/interviews/{sat.interview.id}/{name}"


def graded(sat: Sitting) -> Grading:
    """The interview's grade, as a worker makes it."""
    row = Grading.objects.get(subject=f"interview:{sat.interview.id}")
    assert work(row.id)
    row.refresh_from_db()
    return row


def a_point(sat: Sitting) -> str:
    return topics(sat.state, get_pack("twitter"))[0].points[0].id


def submitted(client: Client, sat: Sitting, **more: object) -> None:
    line = sat.state.said()[1].seq
    assert client.post(at(sat, "scorecard/"), filled(line, **more)).status_code == 302
    response = client.post(at(sat, "scorecard/submit/"), {"revision": "1"})
    assert response.status_code == 302, unescape(response.text)


def test_each_role_reaches_its_own_pages_and_no_others(
    rating: Client, sat: Sitting, owner: User
) -> None:
    other_sat = Sitting(User.objects.create_user("candidate2"), "8").do(cmd.Start(), cmd.Finish())
    elsewhere, gone = User.objects.create_user("elsewhere"), User.objects.create_user("gone")
    seat(other_sat.interview, elsewhere)
    left = seat(sat.interview, gone)
    client_of(owner).post(at(sat, f"invitations/{left.id}/revoke/"))
    guest = User.objects.create_user("guest-1", is_guest=True)
    hidden = [client_of(each) for each in (owner, elsewhere, gone, guest)]
    for name in READS:
        assert rating.get(at(sat, name)).status_code in {200, 302}
        assert [client.get(at(sat, name)).status_code for client in hidden] == [404] * 4
        assert Client().get(at(sat, name))["Location"].startswith("/you/sign-in/")
    for name in WRITES:
        codes = [
            client.post(at(sat, name), {"base_revision": "0"}).status_code for client in hidden
        ]
        assert codes == [404] * 4
    for name in OWNERS:
        assert rating.get(at(sat, name)).status_code == 404
    assert rating.post(at(sat, f"invitations/{left.id}/revoke/")).status_code == 404
    assert rating.post(at(sat, "report/check/"), {"point": "t1.1"}).status_code == 404
    assert not Draft.objects.exists()
    stolen = Invitation.objects.get(interview=other_sat.interview)
    assert client_of(owner).post(at(sat, f"invitations/{stolen.id}/revoke/")).status_code == 404


def test_a_rater_sees_nothing_of_the_grade_the_checks_the_notes_or_other_raters(
    rating: Client, sat: Sitting, owner: User
) -> None:
    sat.do(cmd.Check(a_point(sat), True))
    second = User.objects.create_user("second")
    seat(sat.interview, second, "Bob Seconds")
    submitted(client_of(second), sat, comment="Seen by the second.")
    graded(sat)
    report = report_of(sat.interview)
    assert report.graded.counted.judgement
    secret = [report.graded.counted.judgement.why, report.graded.error, report.gap, NOTES]
    secret += [each.said for scored in report.graded.counted.scored for each in scored.measured]
    secret += ["Seen by the second.", "Bob Seconds", "Not found", 'class="point ']
    own = client_of(owner).get(at(sat, "report/")).text
    assert NOTES in own
    assert report.graded.counted.judgement.why in unescape(own)
    pages = [rating.get(at(sat, name)) for name in READS]
    pages += [rating.get(at(sat, name), HTTP_HX_REQUEST="true") for name in READS]
    pages += [rating.get(at(sat, f"scorecard/replay/?t={second_}")) for second_ in (60, 900, 2500)]
    pages.append(rating.post(at(sat, "scorecard/"), {"base_revision": "0", "verdict": "x"}))
    pages.append(rating.post(at(sat, "scorecard/submit/"), {"revision": "0"}))
    for page in pages:
        text = unescape(page.text)
        assert [each for each in secret if each and each.lower() in text.lower()] == []
        assert "<mark" not in text
        assert "checked" not in re.sub(' value="(|8)" checked', "", text)


def test_a_submitted_scorecard_stands_beside_the_machines_grade(
    rating: Client, sat: Sitting, owner: User
) -> None:
    graded(sat)
    point = a_point(sat)
    before = report_of(sat.interview).graded.counted
    was = before.judged[point].covered
    more = {f"point-{point}": "0" if was else "1", f"reason-{point}": "Heard in the second answer."}
    client_of(owner).post(
        at(sat, "report/check/"), {"point": point, "covered": "1" if was else "0"}
    )
    rating.post(at(sat, "scorecard/"), filled(sat.state.said()[1].seq, **more))
    assert overrules_of(sat.interview) == ()  # a draft says nothing
    rating.post(at(sat, "scorecard/submit/"), {"revision": "1"})
    after = report_of(sat.interview).graded.counted.judged[point]
    assert after.by == "interviewer"
    assert after.covered is not was
    text = unescape(client_of(owner).get(at(sat, "report/")).text)
    assert "Come again." in text
    assert f'href="#line-{sat.state.said()[1].seq}"' in text
    assert "Heard in the second answer." in text
    scores = {each.signal.id: each.score for each in before.scored}
    alike = sum(score == 2 for score in scores.values())
    assert f"The same mark in {alike} of the 5 signals" in text
    own = unescape(rating.get(at(sat, "scorecard/")).text)
    assert f"The same mark in {alike} of the 5 signals" in own
    assert NOTES not in own


def test_the_export_has_the_scorecards(rating: Client, sat: Sitting, owner: User) -> None:
    submitted(rating, sat, comment="```\n# Not a heading")
    text = client_of(owner).get(at(sat, "export.md")).text
    assert "## Interviewers' scorecards" in text
    assert "````text\n```\n# Not a heading\n````" in text
    assert "Verdict: No." in text


def test_a_card_outlives_its_guest_but_not_their_wish(sat: Sitting, owner: User) -> None:
    people = [User.objects.create_user(f"guest-{n}", is_guest=True) for n in (1, 2)]
    for person in people:
        seat(sat.interview, person, person.username)
        submitted(client_of(person), sat, comment=f"By {person.username}.")
    assert client_of(people[1]).post("/you/delete/").status_code == 302
    User.objects.filter(pk=people[0].pk).update(last_seen_on="2020-01-01")
    assert delete_idle_guests(now().date(), 10) == 1
    report = client_of(owner).get(at(sat, "report/")).text
    assert "By guest-1." in report
    assert "By guest-2." not in report
    assert not Client().get(at(sat, "scorecard/")).text


def test_a_guests_scoring_goes_along_into_the_account(sat: Sitting) -> None:
    guest = User.objects.create_user("guest-1", is_guest=True)
    account = User.objects.create_user("ann")
    seat(sat.interview, guest)
    client_of(guest).post(at(sat, "scorecard/"), filled(sat.state.said()[1].seq))
    merge_guest(guest.pk, account.pk)
    client = client_of(account)
    assert "Come again." in client.get(at(sat, "scorecard/")).text
    client.post(at(sat, "scorecard/submit/"), {"revision": "1"})
    assert Scorecard.objects.get().rater == account


def test_ones_data_holds_what_one_scored_and_received(
    rating: Client, rater: User, sat: Sitting, owner: User
) -> None:
    submitted(rating, sat)
    mine = portability.export(rater, now())["scorecards"]
    theirs = portability.export(owner, now())["scorecards"]
    assert mine["submitted"][0]["content"]["comment"] == "Come again."
    assert mine["received"] == []
    assert theirs["received"][0]["content"]["comment"] == "Come again."
    assert theirs["invitations_made"][0]["label"] == "Ann"
    assert "token_hash" not in str(theirs)


def test_revoking_after_the_submission_keeps_the_card_in_the_report(
    rating: Client, own_seat: Invitation, sat: Sitting, owner: User
) -> None:
    submitted(rating, sat)
    client_of(owner).post(at(sat, f"invitations/{own_seat.id}/revoke/"))
    assert rating.get(at(sat, "scorecard/")).status_code == 404
    assert "Come again." in client_of(owner).get(at(sat, "report/")).text


def test_the_anchors_are_those_of_the_interviews_level(rating: Client, sat: Sitting) -> None:
    pack = get_pack("twitter")
    text = unescape(rating.get(at(sat, "scorecard/")).text)
    for signal in pack.signals.signals:
        for anchor in signal.anchors[sat.state.level].values():
            assert plain(pack, anchor) in text
        assert plain(pack, signal.anchors["mid"][1]) not in text
