"""Who may reach what: every address of the site, by role and verb. An address without a row here
fails the suite."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.lab.runs import queued
from trainer.accounts.models import User
from trainer.cards.models import OwnCard
from trainer.cards.own.services import Words, add
from trainer.catalog.packs import get_pack
from trainer.drills.kinds import BY_SLUG
from trainer.drills.models import Round
from trainer.drills.services import start
from trainer.host.inviting import invite
from trainer.host.models import Invitation
from trainer.interviews.commands import Finish, Start
from trainer.interviews.models import Interview
from trainer.interviews.services import open_interview, run
from trainer.lab.models import Run

pytestmark = pytest.mark.django_db

ROLES = ("stranger", "guest", "owner", "other")
VERBS = ("get", "head", "post")


@dataclass(frozen=True)
class Row:
    """For each verb, what the four roles meet: open, sign-in, hidden (404), or no-verb (405)."""

    get: str
    post: str

    @property
    def head(self) -> str:
        return self.get


def everyone(outcome: str) -> str:
    return " ".join([outcome] * 4)


PUBLIC_PAGE = Row(everyone("open"), everyone("no-verb"))
PUBLIC_FORM = Row(everyone("open"), everyone("open"))
OWN = "sign-in hidden open hidden"
OWN_PAGE = Row(OWN, everyone("no-verb"))
OWN_FORM = Row(OWN, OWN)
OWN_COMMAND = Row(everyone("no-verb"), OWN)
OWN_RUN = "hidden hidden open hidden"
OWN_RUN_PAGE = Row(OWN_RUN, everyone("no-verb"))
SIGNED_IN = "sign-in open open open"
# For who accepted an invitation alone: tests/host/test_blind.py.
RATERS = "sign-in hidden hidden hidden"
RATERS_PAGE = Row(RATERS, everyone("no-verb"))
RATERS_FORM = Row(RATERS, RATERS)

ROWS = {
    "": PUBLIC_PAGE,
    "cards/": PUBLIC_PAGE,
    "cards/answer/": Row(everyone("no-verb"), everyone("open")),
    "cards/answers/": Row(everyone("no-verb"), everyone("open")),
    "cards/browse/": PUBLIC_PAGE,
    "cards/bury/": Row(everyone("no-verb"), everyone("open")),
    "cards/buttons/": Row(everyone("no-verb"), everyone("open")),
    "cards/check/": Row(everyone("hidden"), everyone("no-verb")),
    "cards/note/": Row(everyone("no-verb"), everyone("open")),
    "cards/suspend/": Row(everyone("no-verb"), everyone("open")),
    "cards/bring-back/": Row(everyone("no-verb"), everyone("open")),
    "cards/undo/": Row(everyone("no-verb"), everyone("open")),
    "cards/export/": PUBLIC_PAGE,
    "cards/import/": PUBLIC_FORM,
    "cards/own/": PUBLIC_PAGE,
    "cards/own/new/": PUBLIC_FORM,
    "cards/own/<slug:card>/": Row(OWN_RUN, OWN_RUN),
    "cards/own/<slug:card>/delete/": Row(OWN_RUN, OWN_RUN),
    "cards/interview/": Row(everyone("no-verb"), everyone("open")),
    "cards/plan/": PUBLIC_PAGE,
    "cards/progress/": PUBLIC_PAGE,
    "cards/settings/": PUBLIC_FORM,
    "cards/settings/new-a-day/": Row(everyone("no-verb"), everyone("open")),
    "drills/": PUBLIC_PAGE,
    "drills/progress/": PUBLIC_PAGE,
    "drills/rounds/<slug:id>/": OWN_PAGE,
    "drills/rounds/<slug:id>/<slug:command>/": OWN_FORM,
    "drills/<slug:pack>/<slug:drill>/": PUBLIC_FORM,
    "health/live": PUBLIC_PAGE,
    "health/ready": PUBLIC_PAGE,
    "health/world": PUBLIC_PAGE,
    "interviews/": PUBLIC_PAGE,
    "interviews/open/": Row(everyone("no-verb"), everyone("open")),
    "interviews/<slug:id>/": OWN_PAGE,
    "interviews/<slug:id>/configure/": OWN_COMMAND,
    "interviews/<slug:id>/start/": OWN_COMMAND,
    "interviews/<slug:id>/say/": OWN_COMMAND,
    "interviews/<slug:id>/save/": OWN_COMMAND,
    "interviews/<slug:id>/move/": OWN_COMMAND,
    "interviews/<slug:id>/undo/": OWN_COMMAND,
    "interviews/<slug:id>/pause/": OWN_COMMAND,
    "interviews/<slug:id>/resume/": OWN_COMMAND,
    "interviews/<slug:id>/pulse/": OWN_COMMAND,
    "interviews/<slug:id>/finish/": OWN_FORM,
    "interviews/<slug:id>/report/": OWN_PAGE,
    "interviews/<slug:id>/report/check/": OWN_COMMAND,
    "interviews/<slug:id>/report/grade/": OWN_FORM,
    "interviews/<slug:id>/redo/<str:line>/": OWN_FORM,
    "interviews/<slug:id>/replay/": OWN_PAGE,
    "interviews/<slug:id>/export.md": OWN_PAGE,
    "interviews/<slug:id>/invitations/": OWN_FORM,
    "interviews/<slug:id>/invitations/<slug:invitation>/revoke/": OWN_COMMAND,
    "interviews/<slug:id>/scorecard/": RATERS_FORM,
    "interviews/<slug:id>/scorecard/transcript/": RATERS_PAGE,
    "interviews/<slug:id>/scorecard/submit/": RATERS_FORM,
    "interviews/<slug:id>/scorecard/replay/": RATERS_PAGE,
    "join/<slug:token>/": Row(everyone("hidden"), everyone("hidden")),
    "lab/": PUBLIC_PAGE,
    "lab/home.json": PUBLIC_PAGE,
    "lab/intuition/": PUBLIC_PAGE,
    "lab/runs/<slug:run>/": OWN_RUN_PAGE,
    "lab/runs/<slug:run>/card/": Row(everyone("no-verb"), OWN_RUN),
    "lab/runs/<slug:run>/events/": OWN_RUN_PAGE,
    "lab/runs/<slug:run>/live/": OWN_RUN_PAGE,
    "lab/runs/<slug:run>/stop/": Row(everyone("no-verb"), OWN_RUN),
    "lab/<slug:pack>/": PUBLIC_PAGE,
    "lab/<slug:pack>/what-stands-for-what/": PUBLIC_PAGE,
    "lab/<slug:pack>/<slug:lab>/": PUBLIC_PAGE,
    "lab/<slug:pack>/<slug:lab>/predict/": Row(everyone("no-verb"), everyone("open")),
    "lab/<slug:pack>/<slug:lab>/run/": Row(everyone("no-verb"), everyone("open")),
    "lab/<slug:pack>/<slug:lab>/reset/": Row(everyone("no-verb"), everyone("open")),
    "learn/": PUBLIC_PAGE,
    "learn/<slug:pack>/": PUBLIC_PAGE,
    "learn/<slug:pack>/sample-interview/": PUBLIC_PAGE,
    "learn/<slug:pack>/search/": PUBLIC_PAGE,
    "learn/<slug:pack>/quick-reference/": PUBLIC_PAGE,
    "learn/<slug:pack>/<slug:topic>/": PUBLIC_PAGE,
    "learn/<slug:pack>/numbers/": PUBLIC_PAGE,
    "learn/<slug:pack>/numbers/<str:number>/": PUBLIC_PAGE,
    "learn/<slug:pack>/contradictions/": PUBLIC_PAGE,
    "carry/<slug:token>/": Row(everyone("hidden"), everyone("hidden")),
    "you/": PUBLIC_PAGE,
    "you/phone/": PUBLIC_FORM,
    "you/sign-up/": PUBLIC_FORM,
    "you/sign-in/": PUBLIC_FORM,
    "you/sign-out/": PUBLIC_FORM,
    "you/password/": Row(SIGNED_IN, SIGNED_IN),
    "you/data/": Row(SIGNED_IN, "sign-in no-verb no-verb no-verb"),
    "you/delete/": Row(SIGNED_IN, SIGNED_IN),
    "you/theme/": Row(everyone("no-verb"), everyone("open")),
}
FINISHED_ONLY = ("report", "redo", "replay", "export.md")


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from addresses(entry, route)


def test_every_address_has_a_row() -> None:
    assert set(addresses()) == set(ROWS)


@cache
def hashed() -> str:
    """Made once: hashing is slow, as it should be."""
    return make_password("a long password of theirs")


def account(name: str) -> User:
    return User.objects.create(username=name, password=hashed())


@pytest.fixture
def owner() -> User:
    return account("owner")


@pytest.fixture
def clients(owner: User) -> dict[str, Client]:
    people = {
        "guest": User.objects.create_user("guest-1", is_guest=True),
        "owner": owner,
        "other": account("other"),
    }
    clients = {role: Client() for role in ROLES}
    for role, person in people.items():
        clients[role].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture
def running(owner: User) -> Interview:
    interview = open_interview(owner, "twitter", "45", datetime.now(UTC))
    run(interview.id, Start(), now=datetime.now(UTC))
    return interview


@pytest.fixture
def finished(owner: User) -> Interview:
    interview = open_interview(owner, "twitter", "8", datetime.now(UTC))
    run(interview.id, Start(), now=datetime.now(UTC))
    run(interview.id, Finish(), now=datetime.now(UTC))
    return interview


@pytest.fixture
def lab_run(owner: User) -> Run:
    return queued(owner)


@pytest.fixture
def invitation(running: Interview) -> Invitation:
    return invite(running, "Ann", 7, datetime.now(UTC))[0]


@pytest.fixture
def own_card(owner: User) -> OwnCard:
    words = Words("What is a tombstone?", "What stays of a deleted row.")
    return add(owner, words, datetime.now(UTC))


@pytest.fixture
def drill_round(owner: User) -> Round:
    pack = get_pack("twitter")
    return start(owner, pack, BY_SLUG["clarify"], datetime.now(UTC))


def outcome(client: Client, verb: str, path: str) -> str:
    fields = {"pack": "twitter"} if verb == "post" else None
    response = getattr(client, verb)(path, fields)
    if response.status_code == 302 and response["Location"].startswith("/you/sign-in/"):
        return "sign-in"
    named = {404: "hidden", 405: "no-verb", 403: "forbidden"}
    assert response.status_code < 500 or path == "/health/ready"
    return named.get(response.status_code, "open")


@pytest.mark.parametrize("route", ROWS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_role_meets_what_its_row_says(
    route: str,
    verb: str,
    clients: dict[str, Client],
    running: Interview,
    finished: Interview,
    lab_run: Run,
    drill_round: Round,
    invitation: Invitation,
    own_card: OwnCard,
) -> None:
    late = any(f"/{name}" in route for name in FINISHED_ONLY)
    interview = finished if late else running
    id_ = drill_round.id if route.startswith("drills/") else interview.id
    path = "/" + route.replace("<slug:id>", id_).replace("<slug:pack>", "twitter")
    path = path.replace("<slug:drill>", "clarify").replace("<slug:command>", "finish")
    path = path.replace("<slug:run>", lab_run.id).replace("<slug:lab>", lab_run.attempt.lab)
    path = path.replace("<slug:invitation>", invitation.id).replace("<slug:token>", "x" * 43)
    path = path.replace("<str:line>", "opening" if late else "").replace("<str:number>", "dau")
    path = path.replace("<slug:topic>", "mistakes")
    path = path.replace("<slug:card>", own_card.id)
    expected = dict(zip(ROLES, getattr(ROWS[route], verb).split(), strict=True))
    if "<str:line>" in route:  # a moment that is not there is hidden from its owner too
        expected["owner"] = "hidden"
    assert {role: outcome(clients[role], verb, path) for role in ROLES} == expected


def test_an_unknown_interview_is_not_found(clients: dict[str, Client]) -> None:
    assert clients["owner"].get("/interviews/nothing0there0000/").status_code == 404


def test_an_unknown_pack_is_not_found(clients: dict[str, Client]) -> None:
    assert clients["owner"].post("/interviews/open/", {"pack": "nothing"}).status_code == 404
    assert clients["owner"].get("/lab/nothing/").status_code == 404


def test_an_unknown_lab_or_run_is_not_found(clients: dict[str, Client]) -> None:
    for path in ("/lab/twitter/nothing/", "/lab/runs/nothing0there0000/"):
        assert clients["owner"].get(path).status_code == 404


def test_a_guest_is_made_by_the_first_form_and_not_by_looking() -> None:
    client = Client()
    for path in (
        "/",
        "/interviews/",
        "/lab/twitter/",
        "/lab/intuition/",
        "/learn/twitter/",
        "/you/",
    ):
        client.get(path)
    assert User.objects.count() == 0
    response = client.post("/interviews/open/", {"pack": "twitter", "format": "45"})
    assert User.objects.get().is_guest
    assert Interview.objects.get().get_absolute_url() == response["Location"]


def test_forms_are_refused_without_their_token(owner: User, running: Interview) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(f"/interviews/{running.id}/say/", {"text": "hello"})
    assert response.status_code == 403
