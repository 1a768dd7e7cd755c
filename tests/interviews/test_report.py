"""The report's pages: what they show, to whom, when, and what a check does."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import HOSTILE, Sitting
from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.catalog.prose import plain
from trainer.interviews import commands as cmd
from trainer.interviews.models import Interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("candidate", password="pass-word-12345")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sat(user: User) -> Sitting:
    return Sitting(user, "45").sit()


def url(name: str, sitting: Sitting, *more: str) -> str:
    return reverse(f"interviews:{name}", args=[sitting.interview.id, *more])


def a_point(sitting: Sitting) -> str:
    """A rubric point of a hard question that came up."""
    trap = next(name for name in sorted(sitting.state.spoken()) if name.startswith("trap:"))
    return get_pack("twitter").trap(trap.removeprefix("trap:")).points[0].id


@pytest.mark.parametrize("name", ["report", "replay", "export"])
def test_before_the_finish_no_page_of_it_opens(name: str, visitor: Client, user: User) -> None:
    running = Sitting(user, "45").say("How many users do we have?")
    response = visitor.get(url(name, running))
    assert response.status_code == 409
    assert "not finished" in response.text
    assert url("room", running) in response.text
    points = [plain(get_pack("twitter"), p.text) for p in get_pack("twitter").points.values()]
    assert not [text for text in points if text in response.text]


def test_before_the_finish_nothing_can_be_checked_or_redone(visitor: Client, user: User) -> None:
    running = Sitting(user, "45").say("How many users do we have?")
    checked = visitor.post(url("check", running), {"point": "t1.1", "covered": "1"})
    assert checked.status_code == 409
    assert visitor.get(url("redo", running, "trap:t1")).status_code == 409
    assert running.state.checks == {}


def test_the_report_shows_the_facts_and_every_word(visitor: Client, sat: Sitting) -> None:
    page = visitor.get(url("report", sat))
    assert page.status_code == 200
    assert "You left out 5 essential questions of 7" in page.text
    assert "44:50" in page.text
    for line in sat.state.lines:
        assert any(part in page.text for part in escaped(line.text))


def escaped(text: str) -> tuple[str, ...]:
    quoted = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (quoted.replace("'", "&#x27;").replace('"', "&quot;"),)


def test_a_check_without_script_comes_back_to_where_it_was_made(
    visitor: Client, sat: Sitting
) -> None:
    point = a_point(sat)
    response = visitor.post(url("check", sat), {"point": point, "covered": "1"})
    group = f"trap-{point.split('.')[0]}"
    assert response.status_code == 302
    assert response["Location"].startswith(url("report", sat) + "#points-")
    named = visitor.post(url("check", sat), {"point": point, "covered": "0", "group": group})
    assert named["Location"].endswith(f"#points-{group}")
    assert sat.state.checks == {point: False}


def test_a_check_with_script_gets_the_list_back(visitor: Client, sat: Sitting) -> None:
    point = a_point(sat)
    response = visitor.post(
        url("check", sat),
        {"point": point, "covered": "1", "group": f"trap-{point.split('.')[0]}"},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "1 of " in response.text
    others = response.text.count('class="points"') - 1
    assert response.text.count("hx-swap-oob") == others + 1  # and the grade that follows from it


@pytest.mark.parametrize(
    "form",
    [{}, {"point": "t1.1"}, {"point": "zz.9", "covered": "1"}, {"point": "t1.1", "covered": "x"}],
)
def test_a_check_that_makes_no_sense_changes_nothing(
    form: dict[str, str], visitor: Client, sat: Sitting
) -> None:
    assert visitor.post(url("check", sat), form).status_code == 409
    assert sat.state.checks == {}


def test_what_was_typed_stays_inert(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "8").say(HOSTILE).save("notes", HOSTILE).save("outline", HOSTILE)
    sitting.save("draft", HOSTILE).at(60).do(cmd.Finish())
    for name in ("report", "replay"):
        text = visitor.get(url(name, sitting) + "?t=60").text
        assert HOSTILE not in text
        assert "<script>alert" not in text


def test_texts_beside_the_record_are_shown(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "8").say("How many users do we have?").save("draft", "Never sent.")
    sitting.at(100).do(cmd.Finish()).say("After the end.")
    page = visitor.get(url("report", sitting)).text
    for expected in ("Never sent.", "it was never sent", "After the end.", "Kept beside"):
        assert expected in page


def test_a_late_message_is_marked(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "8").say("How many users do we have?").at(500).say("Late words.")
    sitting.at(520).do(cmd.Finish())
    assert ">late<" in visitor.get(url("report", sitting)).text


@pytest.mark.parametrize("format_id", ["8", "45", "60"])
@pytest.mark.parametrize("untimed", [False, True])
def test_every_length_has_a_report(
    format_id: str, untimed: bool, visitor: Client, user: User
) -> None:
    sitting = Sitting(user, format_id).do(cmd.Configure(format_id, "mid", untimed=untimed))
    sitting.say("How many users do we have?").at(200).move().at(240).do(cmd.Finish())
    for name in ("report", "replay", "export"):
        assert visitor.get(url(name, sitting)).status_code == 200


def test_without_its_pack_the_replay_is_left(visitor: Client, sat: Sitting) -> None:
    Interview.objects.update(pack="gone")
    for name in ("report", "export"):
        response = visitor.get(url(name, sat))
        assert response.status_code == 404
        assert "no longer on this site" in response.text
    assert visitor.get(url("replay", sat)).status_code == 200


def test_an_interview_without_a_word_has_a_report(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "45").do(cmd.Start()).at(5).do(cmd.Finish())
    page = visitor.get(url("report", sitting)).text
    assert "You never reached" in page
    assert "None of the essential questions was recognised" in page
    assert "Redo" not in page


def test_a_full_interview_shows_the_mistakes_in_two_lists(visitor: Client, sat: Sitting) -> None:
    page = visitor.get(url("report", sat)).text
    open_, _, touched = page.partition("You touched on these")
    assert "<h4>Forgetting trends</h4>" in open_
    assert "Not mentioned in your text" in open_
    assert "<h4>Passing over the celebrity problem</h4>" not in page
    assert "bears on the mistake “Passing over the celebrity problem”" in touched
    assert "has no room for most of these" not in page


def test_a_short_interview_has_the_mistakes_folded_away(visitor: Client, user: User) -> None:
    page = visitor.get(url("report", Sitting(user, "8").sit())).text
    _, _, section = page.partition('id="mistakes"')
    said, _, folded = section.partition("<details>")
    assert "An attempt with 2 phases has no room for most of these" in said
    assert "Forgetting trends" not in said
    assert "Forgetting trends" in folded


def test_a_hard_question_has_one_name_and_its_other_name_once(
    visitor: Client, sat: Sitting
) -> None:
    page = visitor.get(url("report", sat)).text
    assert page.count("Hard question") > page.count("interviewers call it a trap") == 1
    assert "Trap question" not in page


def test_the_report_says_what_each_phase_is_for(visitor: Client, sat: Sitting) -> None:
    page = unescape(visitor.get(url("report", sat)).text)
    pack = get_pack("twitter")
    for phase in pack.format("45").phases:
        assert plain(pack, phase.focus) in page
        assert all(plain(pack, tip) in page for tip in phase.tips)
