"""The export page and its files."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.own.services import Words, add
from trainer.cards.sharing.outgoing import _link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_stranger_takes_the_cards_of_the_topics_they_choose(client: Client):
    page = client.get("/cards/export/").text
    assert 'name="topic" value="numbers"' in page
    assert 'value="own"' not in page
    response = client.get("/cards/export/", {"as": "csv", "topic": ["traps", "pacing", "nothing"]})
    assert response["Content-Disposition"] == 'attachment; filename="twitter-cards.csv"'
    found = rows(response.content)
    expected = [
        key for key, card in content_cards("twitter").items() if card.topic in {"traps", "pacing"}
    ]
    assert [row["id"] for row in found] == expected
    assert not any("{{" in row["front"] + row["back"] for row in found)
    assert not any(cell[:1] in set("=+-@") for row in found for cell in row.values())
    assert not User.objects.exists()


def test_ones_own_cards_are_in_every_file_and_nobody_elses(client: Client):
    user = User.objects.create(username="ann")
    card = add(user, Words("Mine, =x", "A", ("t",)), NOW)
    add(User.objects.create(username="bob"), Words("Secret", "A"), NOW)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Your own (1)" in client.get("/cards/export/").text
    files = {
        kind: client.get("/cards/export/", {"as": kind, "topic": "own"}).content
        for kind in ("csv", "json", "zip", "apkg")
    }
    assert [row["front"] for row in rows(files["csv"])] == ["Mine, =x"]
    assert [each["id"] for each in json.loads(files["json"])["cards"]] == [card.key]
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as archive:
        assert archive.read("cards.csv") == files["csv"]
        assert archive.read("own-cards.json") == files["json"]
    with zipfile.ZipFile(io.BytesIO(files["apkg"])) as archive:
        collection = archive.read("collection.anki2")
    assert b"Mine, =x" in collection
    assert b"Secret" not in collection


def test_what_is_no_file_and_no_pack_is_not_found(client: Client):
    assert client.get("/cards/export/?as=xlsx").status_code == 404
    assert client.get("/cards/export/?pack=nothing").status_code == 404


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("http://localhost:8000", "In the trainer: /learn/twitter/traps/"),
        (
            "https://trainer.example.org",
            '<a href="https://trainer.example.org/learn/twitter/traps/">In the trainer</a>',
        ),
    ],
)
def test_a_link_leads_only_where_others_can_go(site: str, expected: str, settings):
    settings.SITE_URL = site
    assert _link("/learn/twitter/traps/") == expected
    assert _link("") == ""
