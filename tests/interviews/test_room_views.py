"""The room's addresses: what they refuse, and that a refusal loses nothing."""

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.catalog.prose import plain
from trainer.interviews.commands import TEXT_LIMIT, Finish, Say, Start
from trainer.interviews.models import Interview
from trainer.interviews.selectors import log_of, state_of
from trainer.interviews.services import open_interview, run

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1) {{ settings.SECRET_KEY }} {% debug %}",
    "<svg/onload=alert(1)> -> </title><script>alert(1)</script>",
)


class LivingParts(HTMLParser):
    """Collects what a browser would run: inline scripts, event attributes, javascript: links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if (tag == "script" and "src" not in names) or tag in {"iframe", "object", "embed"}:
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on")]
        self.found += [value for value in names.values() if (value or "").startswith("javascript")]


def living_parts(page: str) -> list[str]:
    parser = LivingParts()
    parser.feed(page)
    return parser.found


def test_the_check_for_living_parts_finds_them() -> None:
    page = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:x'>a</a>"
    assert living_parts(page) == ["script", "onerror", "javascript:x"]


@pytest.fixture
def client() -> Client:
    client = Client()
    owner = User.objects.create_user("owner", password="a long password of hers")
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def interview(client: Client) -> Interview:
    return open_interview(User.objects.get(), "twitter", "45", datetime.now(UTC))


def post(client: Client, interview: Interview, name: str, **fields: object):
    return client.post(f"/interviews/{interview.id}/{name}/", fields, **JSON)


def test_the_first_message_starts_the_clock(client, interview):
    assert post(client, interview, "say", text="Hello").json()["status"] == "running"


def test_a_text_over_the_limit_is_refused_whole(client, interview):
    answer = post(client, interview, "say", text="x" * 30_000)
    assert answer.status_code == 413
    assert "30,000 characters; the limit is 20,000" in answer.json()["error"]
    assert state_of(interview).said() == ()
    saved = post(client, interview, "save", field="outline", text="x" * 30_000, base_revision=0)
    assert saved.status_code == 413


def test_a_text_of_exactly_the_limit_is_taken_to_the_letter(client, interview):
    text = ("é\n" * TEXT_LIMIT)[:TEXT_LIMIT]
    assert post(client, interview, "say", text=text).status_code == 200
    assert state_of(interview).said()[0].text == text


def test_line_ends_of_a_form_count_as_one_character(client, interview):
    post(client, interview, "say", text="one\r\ntwo")
    assert state_of(interview).said()[0].text == "one\ntwo"


@pytest.mark.parametrize("body", ['{"text": ', "[1, 2]", '{"text": "hello"}'])
def test_json_is_refused_with_a_sentence(client, interview, body):
    address = f"/interviews/{interview.id}/say/"
    answer = client.post(address, body, content_type="application/json", **JSON)
    assert answer.status_code == 415
    assert answer.json()["error"] == "Send a form."


@pytest.mark.parametrize(
    ("name", "fields", "names"),
    [
        ("save", {"field": "score", "text": "5", "base_revision": 0}, "field"),
        ("save", {"field": "outline", "text": "a -> b"}, "base_revision"),
        ("save", {"field": "outline", "text": "a", "base_revision": "many"}, "base_revision"),
        ("move", {"to": "x", "origin": 0}, "to"),
        ("configure", {"format_id": "45", "level": "principal"}, "level"),
        ("say", {"text": "hello", "key": "<b>"}, "key"),
    ],
)
def test_a_wrong_field_is_named(client, interview, name, fields, names):
    answer = post(client, interview, name, **fields)
    assert answer.status_code == 422
    assert names in answer.json()["error"]


def test_control_characters_are_refused_with_a_sentence(client, interview):
    answer = post(client, interview, "say", text="zero\x00byte")
    assert answer.status_code == 422
    assert "Null characters" in answer.json()["error"]


def test_an_unknown_format_is_refused_and_the_known_ones_are_named(client, interview):
    answer = post(client, interview, "configure", format_id="90", level="mid")
    assert answer.status_code == 409
    assert "Choose one of: 45, 60, 8." in answer.json()["error"]


def test_a_phase_from_another_tabs_past_is_refused(client, interview):
    post(client, interview, "start")
    post(client, interview, "move", to=1, origin=0)
    answer = post(client, interview, "move", to=4, origin=0)
    assert answer.status_code == 409
    assert "You are in High-Level now" in answer.json()["error"]


def test_the_same_key_twice_is_stored_once(client, interview):
    for _ in range(3):
        assert post(client, interview, "say", text="Hello", key="a" * 24).status_code == 200
    assert [line.text for line in state_of(interview).said()] == ["Hello"]


def test_finishing_twice_is_finishing_once(client, interview):
    post(client, interview, "start")
    assert post(client, interview, "finish").json()["status"] == "finished"
    assert post(client, interview, "finish").status_code == 200
    assert sum(type(event.body).__name__ == "Finished" for event in log_of(interview)) == 1


def test_a_repeated_save_is_given_the_revision_that_it_made(client, interview):
    first = {"field": "outline", "text": "mine", "base_revision": 0, "key": "a" * 24}
    post(client, interview, "save", **first)
    post(client, interview, "save", field="outline", text="another tab's", base_revision=1)
    answer = post(client, interview, "save", **first).json()
    assert answer["saved"] == {"field": "outline", "revision": 1}
    assert answer["fields"]["outline"]["revision"] == 2


def test_fields_that_are_nobodys_business_are_ignored(client, interview):
    post(client, interview, "say", text="Hello", late="0", score="4", owner="2", at="1999-01-01")
    interview.refresh_from_db()
    assert (interview.owner.username, interview.status) == ("owner", "running")


def test_a_form_without_script_gets_its_text_back_when_it_is_refused(client, interview):
    text = "y" * (TEXT_LIMIT + 1)
    answer = client.post(f"/interviews/{interview.id}/say/", {"text": text})
    assert answer.status_code == 413
    assert text in answer.content.decode()


def test_a_conflict_without_script_shows_both_texts(client, interview):
    post(client, interview, "save", field="notes", text="theirs", base_revision=0)
    fields = {"field": "notes", "text": "mine", "base_revision": 0}
    answer = client.post(f"/interviews/{interview.id}/save/", fields)
    assert answer.status_code == 409
    assert "theirs" in answer.content.decode()
    assert "mine" in answer.content.decode()


@pytest.mark.parametrize("hostile", XSS)
def test_what_a_candidate_types_stays_text(client, interview, hostile):
    post(client, interview, "say", text=hostile)
    for field in ("outline", "notes", "draft"):
        revision = state_of(interview).text_of(field).revision
        post(client, interview, "save", field=field, text=hostile, base_revision=revision)
    room = client.get(f"/interviews/{interview.id}/").content.decode()
    fragments = "".join(post(client, interview, "pulse").json()["html"].values())
    post(client, interview, "finish")
    report = client.get(f"/interviews/{interview.id}/report/").content.decode()
    replay = client.get(f"/interviews/{interview.id}/replay/").content.decode()
    for page in (room, fragments, report, replay):
        assert living_parts(page) == []


def answers_in(page: str) -> list[str]:
    """What is in a page of rubric, model answers, the list of questions and what is to come."""
    pack = get_pack("twitter")
    hidden = [point.text for point in pack.points.values()]
    hidden += [part.text for trap in pack.traps for part in trap.good_answer]
    hidden += [trap.ask for trap in pack.traps]
    hidden += [question.reply for question in pack.clarify.essential]
    hidden += [question.why for question in pack.clarify.essential]
    hidden += [item for dive in pack.deep_dives for key in dive.key_points for item in key.items]
    bare = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    return [text for text in hidden if " ".join(plain(pack, text).split()) in bare]


def test_no_answer_of_the_content_is_in_the_room_and_the_report_has_them(client, interview):
    run(interview.id, Start(), now=datetime.now(UTC))
    run(interview.id, Say("I would push to all followers."), now=datetime.now(UTC))
    base = f"/interviews/{interview.id}/"
    page = "".join(client.get(base, **JSON).json()["html"].values())
    for each in ("", "report/", "replay/", "export.md"):
        page += client.get(base + each).content.decode()
    assert answers_in(page) == []
    assert "trap" not in page.lower()
    run(interview.id, Finish(), now=datetime.now(UTC))
    assert len(answers_in(client.get(base + "report/").content.decode())) >= 7  # all the whys


def test_every_page_carries_the_headers_that_protect_it(client, interview):
    for path in ("/", f"/interviews/{interview.id}/", "/learn/twitter/", "/you/sign-in/"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_download_of_my_data_holds_the_whole_log(client, interview):
    post(client, interview, "say", text="Hello")
    taken = client.get("/you/data/").json()["interviews"]
    assert [one["id"] for one in taken] == [interview.id]
    assert len(taken[0]["log"]) == len(log_of(interview))


def test_a_guests_interviews_move_to_the_account_at_sign_in(client, interview):
    guest = Client()
    guest.post("/interviews/open/", {"pack": "twitter", "format": "8"})
    guest.post("/you/sign-in/", {"username": "owner", "password": "a long password of hers"})
    assert Interview.objects.filter(owner__username="owner").count() == 2
    assert User.objects.filter(is_guest=True).count() == 0


def test_a_page_that_has_seen_all_is_not_sent_it_again(client, interview):
    seq = post(client, interview, "say", text="Hello").json()["seq"]
    assert set(post(client, interview, "pulse", seen=seq).json()["html"]) == {"header"}
    assert "lines" in post(client, interview, "pulse", seen=seq - 1).json()["html"]


def test_who_enters_twice_finds_the_room_that_waits(client, interview):
    twice = client.post("/interviews/open/", {"pack": "twitter", "format": "45"})
    assert twice["Location"] == f"/interviews/{interview.id}/"
    client.post("/interviews/open/", {"pack": "twitter", "format": "8"})
    assert state_of(Interview.objects.get()).format_id == "8"
    post(client, interview, "start")
    client.post("/interviews/open/", {"pack": "twitter", "format": "45"})
    assert Interview.objects.count() == 2


def test_a_room_whose_content_is_gone_is_said_to_be_gone(client, interview, settings, tmp_path):
    settings.CONTENT_DIR = tmp_path
    assert client.get(f"/interviews/{interview.id}/").status_code == 404
    assert post(client, interview, "say", text="Hello").status_code == 404
