"""One's own cards: written, found, changed, deleted, brought back; nobody sees another's."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from trainer.accounts.models import User
from trainer.accounts.portability import export
from trainer.cards import services as study
from trainer.cards.chosen import content_cards
from trainer.cards.models import OwnCard, Remark
from trainer.cards.own import services
from trainer.cards.own.selectors import DECK_TAGS, aside, own_cards, tags_of, tags_to_study
from trainer.cards.own.services import TooMany, Words, add
from trainer.cards.texts import glance
from trainer.schedule.models import Item, Review
from trainer.schedule.services import LEECH, answered

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    '<a href="javascript:alert(1)">x</a>',
    "<svg onload=alert(1)>",
    '<div style="position:fixed" onclick="alert(1)">x</div>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '"><script>alert(1)</script>',
]


@pytest.fixture
def user() -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def write(client: Client, **words: str):
    sent = {"front": "Q", "back": "A", "tags": "", **words}
    return client.post("/cards/own/new/", sent, follow=True)


def test_a_stranger_is_invited_and_becomes_a_guest_by_writing(client: Client):
    assert "No cards of your own yet" in client.get("/cards/own/").text
    assert client.get("/cards/own/new/").status_code == 200
    assert not User.objects.exists()
    page = write(client, front="What is push?", tags="fan-out, key fan-out").text
    card = OwnCard.objects.get()
    assert card.owner.is_guest
    assert (card.front, card.tags) == ("What is push?", ["fan-out", "key"])
    assert "The card is saved" in page
    assert f'href="/cards/own/{card.pk}/"' in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client):
    response = write(client, front="Typed\0", back=" ", tags="x" * 41)
    assert response.status_code == 422
    assert "Null characters are not allowed" in response.text
    assert "The back is empty" in response.text
    assert "at most 40 characters" in response.text
    assert not User.objects.exists()


def test_a_card_is_changed_and_its_schedule_stays(visitor: Client, user: User):
    card = add(user, Words("Q", "A"), NOW)
    due = answered(user, card.key, 3, NOW).due
    page = visitor.get(f"/cards/own/{card.pk}/").text
    assert ">Q</textarea>" in page.replace("\n", "")
    sent = {"front": "Q?", "back": "**A**\r\ntwo", "tags": "t"}
    visitor.post(f"/cards/own/{card.pk}/", sent)
    card.refresh_from_db()
    assert (card.front, card.back, card.tags) == ("Q?", "**A**\ntwo", ["t"])
    assert card.changed_at != card.created_at
    assert Item.objects.get(key=card.key).due == due
    assert "<strong>A</strong>" in visitor.get(f"/cards/own/{card.pk}/").text


def was(client: Client, card: OwnCard) -> str:
    """The version that the page of the card was made from."""
    return re.search(r'name="was" value="([^"]+)"', client.get(f"/cards/own/{card.pk}/").text)[1]


def test_a_card_that_was_changed_elsewhere_comes_back_with_both_texts(
    visitor: Client, user: User
) -> None:
    card = add(user, Words("Q", "A"), NOW)
    address, read = f"/cards/own/{card.pk}/", was(visitor, card)
    theirs = {"front": "Theirs", "back": "A", "tags": "far", "was": read}
    mine = {"front": "Mine", "back": "A", "tags": "near", "was": read}
    for _ in range(2):  # the same form twice is no change elsewhere
        assert visitor.post(address, theirs).status_code == 302
    late = visitor.post(address, {**mine, "back": ""})
    assert (late.status_code, f'value="{read}"' in late.text) == (422, True)
    late = visitor.post(address, mine)
    assert late.status_code == 409
    assert "changed elsewhere" in late.text
    assert all(text in late.text for text in ("Theirs", "far", "Mine", "near"))
    card.refresh_from_db()
    assert (card.front, card.tags) == ("Theirs", ["far"])
    again = re.search(r'name="was" value="([^"]+)"', late.text)[1]
    assert visitor.post(address, {**mine, "was": again}).status_code == 302
    card.refresh_from_db()
    assert (card.front, card.tags) == ("Mine", ["near"])


def test_the_cards_of_a_tag_are_studied_from_the_list(visitor: Client, user: User) -> None:
    add(user, Words("Q", "A"), NOW)
    tagged = add(user, Words("Q2", "A", ("a&b",)), NOW)
    assert "Study these" not in visitor.get("/cards/own/").text
    page = visitor.get("/cards/own/", {"tag": "a&b"}).text
    href = unescape(re.search(r'href="([^"]+)">Study these', page)[1])
    studied = visitor.get(href).text
    assert f'data-key="{tagged.key}"' in studied
    assert studied.count("data-key=") == 1


def test_the_tags_of_cards_and_notes_lead_to_their_cards(visitor: Client, user: User) -> None:
    content = next(iter(content_cards("twitter")))
    add(user, Words("Q", "A", ("mine", "often")), NOW)
    add(user, Words("Q2", "A", ("often", "contested")), NOW)
    tags = ["noted", *content_cards("twitter")[content].tags]
    Remark.objects.create(owner=user, key=content, tags=tags, changed_at=NOW)
    assert tags_to_study(user) == [*DECK_TAGS, "often", "mine", "noted"]
    assert tags_to_study(None) == list(DECK_TAGS)
    page = visitor.get("/cards/").text
    assert 'href="/cards/?tag=noted"' in page
    assert f'data-key="{content}"' in visitor.get("/cards/?tag=noted").text


def test_a_deleted_card_takes_its_answers_along_and_nobody_elses(visitor: Client, user: User):
    card, other = add(user, Words("Q", "A"), NOW), add(user, Words("Q2", "A"), NOW)
    for each in (card, other):
        answered(user, each.key, 3, NOW)
    assert "Delete this card?" in visitor.get(f"/cards/own/{card.pk}/delete/").text
    assert OwnCard.objects.count() == 2
    visitor.post(f"/cards/own/{card.pk}/delete/")
    assert [each.pk for each in OwnCard.objects.all()] == [other.pk]
    assert {each.key for each in Item.objects.all()} == {other.key}
    assert {each.key for each in Review.objects.all()} == {other.key}


def test_cards_are_found_by_their_words_and_by_their_tags(visitor: Client, user: User):
    for n in range(60):
        words = Words(f"Question {n} of Push", f"Answer {n}", ("even",) if n % 2 == 0 else ())
        add(user, words, NOW + timedelta(seconds=n))
    add(user, Words("100% sure_ly", "A"), NOW)
    found = own_cards(user, "push 59")
    assert [card.front for card in found] == ["Question 59 of Push"]
    assert own_cards(user, "answer", "even").count() == 30
    assert [card.front for card in own_cards(user, "0% e_l")] == ["100% sure_ly"]
    assert not own_cards(user, "1%s")
    assert not own_cards(user, "r_ly")
    assert list(tags_of(user)) == [("even", 30)]
    page = visitor.get("/cards/own/?page=2").text
    assert page.count('class="open"') == 11
    assert "Page 2 of 2" in page
    assert "No card of yours is like that" in visitor.get("/cards/own/?q=pull").text
    assert visitor.get("/cards/own/", {"q": "\0", "tag": "\0", "page": "x"}).status_code == 200


def test_another_persons_card_is_not_there(visitor: Client):
    theirs = add(User.objects.create(username="bob"), Words("Secret", "A"), NOW)
    answered(theirs.owner, theirs.key, 1, NOW)
    study.suspend(theirs.owner, theirs.key, NOW)
    for path in (f"/cards/own/{theirs.pk}/", f"/cards/own/{theirs.pk}/delete/"):
        assert visitor.get(path).status_code == visitor.post(path).status_code == 404
    there = visitor.post("/cards/bring-back/", {"key": theirs.key}, follow=True).text
    assert "This card is not there any more." in there
    assert "Secret" not in visitor.get("/cards/own/").text
    assert OwnCard.objects.filter(pk=theirs.pk).exists()
    assert Item.objects.get(key=theirs.key).suspended


def test_cards_set_aside_are_shown_with_the_slips_and_come_back(visitor: Client, user: User):
    card = add(user, Words("Mine", "A"), NOW)
    content = next(iter(content_cards("twitter")))
    study.suspend(user, card.key, NOW)
    study.suspend(user, content, NOW)
    Item.objects.filter(key=card.key).update(lapses=LEECH)
    page = visitor.get("/cards/own/").text
    assert f"Slipped {LEECH} times." in page
    assert [each.key for each in aside(user)] == [card.key, content]
    for key in (card.key, content):
        there = visitor.post("/cards/bring-back/", {"key": key}, follow=True)
        assert there.redirect_chain == [("/cards/own/", 302)]
        assert "The card is back" in there.text
    assert not aside(user)
    assert "Set aside" not in visitor.get("/cards/own/").text


@pytest.mark.parametrize("key", ["", "card:twitter:nothing", "card:own:\0", "drill:twitter:t1"])
def test_what_is_no_card_is_not_brought_back(visitor: Client, key: str):
    there = visitor.post("/cards/bring-back/", {"key": key}, follow=True)
    assert [each.level_tag for each in there.context["messages"]] == ["error"]
    assert not Item.objects.exists()


def test_what_was_typed_on_a_deleted_card_becomes_a_new_one(visitor: Client, user: User):
    card = add(user, Words("Old", "A"), NOW)
    address = f"/cards/own/{card.pk}/"
    services.delete(card)
    typed = {"front": "Typed & kept", "back": "Also this", "tags": "one two"}
    page = visitor.post(address, typed)
    assert page.status_code == 404
    assert "not among yours any more" in page.text
    form = dict(each for each in Elements(page.text).found if each[1].get("class"))["form"]
    assert all(words in page.text for words in ("Typed &amp; kept", "Also this", "one two"))
    assert visitor.post(str(form["action"]), typed).status_code == 302
    kept = OwnCard.objects.get()
    assert (kept.front, kept.back, kept.tags) == ("Typed & kept", "Also this", ["one", "two"])


def test_nothing_is_brought_back_for_who_was_signed_out(client: Client):
    content = next(iter(content_cards("twitter")))
    page = client.post("/cards/bring-back/", {"key": content}, follow=True)
    assert "You are signed out." in page.text
    assert not User.objects.exists()
    assert not Item.objects.exists()


def test_who_is_signed_out_keeps_what_they_typed_on_a_card(client: Client, user: User):
    card = add(user, Words("Old", "A"), NOW)
    page = client.post(f"/cards/own/{card.pk}/", {"front": "Typed & kept", "back": "B"})
    assert page.status_code == 404
    assert "You are signed out. What you wrote stands below." in page.text
    assert "Typed &amp; kept" in page.text


class Elements(HTMLParser):
    """What a browser would make of a page: each element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.partition("<main")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_or_imported_stays_inert(visitor: Client, user: User, text: str):
    card = add(user, Words(text, f"`{text}` {text}"), NOW)
    for path in ("/cards/own/", f"/cards/own/{card.pk}/", f"/cards/own/{card.pk}/delete/"):
        for tag, attributes in Elements(visitor.get(path).text).found:
            assert tag not in {"script", "img", "svg", "iframe", "style"}
            assert not any(name == "style" or name.startswith("on") for name in attributes)
            assert not (attributes.get("href") or "").startswith("javascript")


def test_the_same_origin_makes_one_card_and_there_is_a_most(
    user: User, monkeypatch: pytest.MonkeyPatch
):
    first = add(user, Words("Q", "A"), NOW, "lab:1")
    assert add(user, Words("Q2", "A"), NOW, "lab:1") == first
    monkeypatch.setattr(services, "MOST_CARDS", 1)
    with pytest.raises(TooMany, match="Delete one first"):
        add(user, Words("Q2", "A"), NOW)


def test_a_person_takes_cards_and_notes_along(user: User):
    card = add(user, Words("Q", "A", ("t",)), NOW)
    Remark.objects.create(owner=user, key="card:twitter:x", note="mine", changed_at=NOW)
    add(User.objects.create(username="bob"), Words("Secret", "A"), NOW)
    part = export(user, NOW)["cards"]
    text = json.dumps(part, default=str)
    assert [each["id"] for each in part["own"]] == [card.pk]
    assert part["notes"][0]["note"] == "mine"
    assert "Secret" not in text


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("- **Copies** of an `id`\n- one a follower", "Copies of an id one a follower"),
        ("<div>a</div>b < c > d", "a b < c > d"),
        ("snake_case * 2", "snake_case * 2"),
        ("**", "**"),
    ],
)
def test_a_side_in_a_list_is_plain_words(side: str, words: str):
    assert glance(side) == words
