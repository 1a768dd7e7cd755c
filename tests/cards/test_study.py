"""The study page: by forms alone, and as its script speaks to it."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.models import OwnCard, Remark
from trainer.cards.services import suspend
from trainer.schedule.models import Item, Preferences, Review

pytestmark = pytest.mark.django_db
PACK = "twitter"
JSON = "application/json"


def keys(kind: str = "", topic: str = "") -> list[str]:
    return [key for key, card in content_cards(PACK, topic).items() if kind in ("", card.kind)]


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def client(ann: User) -> Client:
    client = Client()
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client) -> dict:
    """What the page tells its script."""
    text = client.get("/cards/").content.decode()
    return json.loads(unescape(re.search(r'data-page="([^"]*)"', text)[1]))


def stage(page) -> str:
    """The card that is shown, without those ahead."""
    text = page.content.decode()
    return text[text.index('id="stage"') :].split("<template", 1)[0]


def key_of(page) -> str:
    return unescape(re.search(r'data-key="([^"]*)"', stage(page))[1])


def is_turned(page) -> bool:
    return "data-turned" in stage(page)


def given(key: str, once: str, rating: int = 3, seen: int = 0, **more: object) -> dict:
    at = datetime.now(UTC).isoformat()
    return {"once": once, "key": key, "rating": rating, "at": at, "seen": seen, **more}


def send(client: Client, *answers: object, path: str = "answers/", **more: object):
    person = page_of(client)["person"]["id"]
    body = {"person": person, **({"answers": answers} if path == "answers/" else {}), **more}
    return client.post(f"/cards/{path}", json.dumps(body), content_type=JSON)


def form_of(client: Client, address: str) -> dict[str, str]:
    """The fields of the answers' form."""
    form = stage(client.get(address)).split('class="card-answers"', 1)[1]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


# -- By forms ----------------------------------------------------------------


def test_reading_leaves_nothing_behind_and_the_first_answer_makes_a_guest() -> None:
    stranger = Client()
    page = stranger.get("/cards/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert 'class="card-front"' in page.content.decode()
    assert not User.objects.exists()
    answered = stranger.post("/cards/answer/", {**form_of(stranger, "/cards/"), "rating": "3"})
    assert answered.status_code == 302
    assert Review.objects.get().owner == User.objects.get(is_guest=True)


def test_a_form_turns_answers_and_takes_back(client: Client, ann: User) -> None:
    key = key_of(client.get("/cards/"))
    turned = client.get("/cards/", {"card": key, "turned": "1"})
    assert is_turned(turned)
    fields = form_of(client, f"/cards/?card={key}&turned=1")
    for _ in range(2):  # the same form twice
        answered = client.post("/cards/answer/", {**fields, "rating": "1"})
    assert Review.objects.get(owner=ann).rating == 1
    assert answered["Location"] == f"/cards/?last={fields['once']}"
    back = client.post("/cards/undo/", {"once": fields["once"]})
    assert key_of(client.get(back["Location"])) == key
    assert not Review.objects.exists()
    assert not Item.objects.exists()
    again = client.post("/cards/undo/", {"once": fields["once"]}, follow=True)
    assert "no such answer to take back" in again.content.decode()


def test_a_typed_amount_is_checked_and_an_answer_proposed(client: Client) -> None:
    key = keys("numeric")[0]
    right = content_cards(PACK)[key].numeric.value
    page = client.get("/cards/", {"card": key, "turned": "1", "typed": f"{right:.12g}"})
    assert "Right." in stage(page)
    assert re.search(r'value="3"[^>]* data-proposed', page.content.decode())
    checked = client.get("/cards/check/", {"card": key, "typed": "soon"})
    assert "Compare it yourself" in checked.content.decode()
    assert client.get("/cards/check/", {"card": key, "typed": ""}).content == b""


def test_an_order_is_given_by_places_and_checked(client: Client) -> None:
    key = keys("ordering")[0]
    count = len(content_cards(PACK)[key].order)
    twice = client.get("/cards/", {"card": key, "turned": "1", "seen": "0", "place": ["1"] * count})
    assert "Two parts have the place 1" in twice.content.decode()
    assert not is_turned(twice)
    places = [str(n + 1) for n in range(count)]
    wrong = client.get("/cards/", {"card": key, "turned": "1", "seen": "0", "place": places})
    assert is_turned(wrong)
    assert "belongs at" in stage(wrong)


def test_what_is_unknown_is_a_404_with_a_sentence_and_a_card(client: Client) -> None:
    foreign = OwnCard.objects.create(
        owner=User.objects.create_user("bob"),
        front="secret",
        back="secret",
        created_at=datetime.now(UTC),
        changed_at=datetime.now(UTC),
    )
    bad = ("\x00", "card:own:\x00", "card:twitter:\x00x", "card:own:" + "x" * 5_000)
    for address in ("card:twitter:none", foreign.key, "card:nopack:x", *bad):
        assert client.get("/cards/check/", {"card": address}).status_code == 404
        page = client.get("/cards/", {"card": address, "turned": "1"})
        assert page.status_code == 404
        assert "This card is not here" in page.content.decode()
        assert "secret" not in page.content.decode()
    assert client.get("/cards/", {"topic": "astronomy"}).status_code == 404
    assert client.get("/cards/check/", {"card": foreign.key}).status_code == 404
    fields = {"once": "abcdefgh1", "key": foreign.key, "rating": "3"}
    assert client.post("/cards/answer/", fields).status_code == 404
    assert client.post("/cards/suspend/", {"key": foreign.key}).status_code == 302
    assert not Item.objects.exists()


def test_an_answer_that_cannot_be_read_is_told_and_not_counted(client: Client) -> None:
    fields = {"once": "abcdefgh1", "key": keys()[0], "rating": "9"}
    page = client.post("/cards/answer/", fields, follow=True)
    assert "could not be read" in page.content.decode()
    assert not Review.objects.exists()


def test_two_or_four_answers_are_kept_on_the_device(client: Client) -> None:
    assert 'data-narrow="2"' in client.get("/cards/").content.decode()
    client.post("/cards/buttons/", {"answers": "4"})
    assert 'data-narrow="4"' in client.get("/cards/").content.decode()


def test_ones_own_card_is_studied_and_edited_at_its_own_page(client: Client, ann: User) -> None:
    now = datetime.now(UTC)
    own = OwnCard.objects.create(
        owner=ann, front="*mine*", back="<script>1</script>yes", created_at=now, changed_at=now
    )
    page = client.get("/cards/", {"topic": "own"})
    assert key_of(page) == own.key
    assert "<em>mine</em>" in stage(page)
    assert "<script>1" not in page.content.decode()
    assert f'href="/cards/own/{own.id}/"' in stage(page)
    fields = form_of(client, "/cards/?topic=own")
    answered = client.post("/cards/answer/", {**fields, "rating": "3"})
    assert answered["Location"].startswith("/cards/?topic=own&last=")
    assert Item.objects.get(owner=ann).key == own.key


def test_a_tag_chooses_cards_too(client: Client) -> None:
    reply = send(client, tag="picture").json()
    assert reply["queue"][0] == keys("picture")[0]
    assert key_of(client.get("/cards/", {"tag": "picture"})) == keys("picture")[0]
    nothing = client.get("/cards/", {"tag": "no-such-tag"})
    assert "No card waits here" in nothing.content.decode()


# -- By the script -----------------------------------------------------------


def test_answers_are_counted_once_and_what_comes_next_is_told(client: Client, ann: User) -> None:
    first, second, third = keys()[:3]
    reply = send(client, given(first, "aaaaaaaa1", 4), given(second, "aaaaaaaa2")).json()
    assert reply["took"] == ["aaaaaaaa1", "aaaaaaaa2"]
    assert reply["queue"][0] == third
    assert {card["key"] for card in reply["cards"]} == set(reply["queue"])
    assert reply["left"]["new"] == 18
    again = send(client, given(first, "aaaaaaaa1", 1), have=reply["queue"]).json()
    assert again["took"] == ["aaaaaaaa1"]
    assert again["cards"] == []
    assert Review.objects.filter(owner=ann).count() == 2


def test_a_wrong_answer_does_not_hold_the_others_up(client: Client) -> None:
    wrong = [
        given("card:twitter:none", "aaaaaaaa1"),
        given(keys()[0], "aaaaaaaa2", rating=7),
        given(keys()[0], "aaaaaaaa3", at="yesterday"),
        "nonsense",
    ]
    reply = send(client, *wrong, given(keys()[0], "aaaaaaaa4")).json()
    assert reply["took"] == ["aaaaaaaa4"]
    assert [each["once"] for each in reply["refused"]] == [
        "aaaaaaaa1",
        "aaaaaaaa2",
        "aaaaaaaa3",
        "",
    ]
    assert all(each["sentence"] for each in reply["refused"])


def test_what_another_device_did_is_told_and_both_answers_count(client: Client, ann: User) -> None:
    key = keys()[0]
    send(client, given(key, "device-a1"))
    told = send(client, given(key, "device-b1", seen=0)).json()["told"]
    assert "answered elsewhere" in told[0]
    assert Review.objects.filter(owner=ann, key=key).count() == 2
    suspend(ann, key, datetime.now(UTC))
    told = send(client, given(key, "device-b2", seen=2)).json()["told"]
    assert "set aside meanwhile" in told[0]


def test_a_card_that_slips_eight_times_is_set_aside_with_what_to_do(client: Client) -> None:
    key, start = keys("numeric")[0], datetime.now(UTC) - timedelta(days=30)
    answers = [
        given(key, f"slip-{n:04}", 1 if n % 2 else 3, n, at=(start + timedelta(days=n)).isoformat())
        for n in range(18)
    ]
    reply = send(client, given(key, "slip-first", 4, at=start.isoformat()), *answers[1:]).json()
    assert "slipped 8 times and is set aside" in reply["told"][0]
    assert [way["name"] for way in reply["ways"]] == ["Read about it", "Write a note"]
    assert client.get(reply["ways"][1]["href"]).status_code == 200
    assert key not in reply["queue"]


def test_a_page_of_another_person_is_refused_and_nothing_is_counted(client: Client) -> None:
    body = {"answers": [given(keys()[0], "aaaaaaaa1")], "person": "somebody-else"}
    refused = client.post("/cards/answers/", json.dumps(body), content_type=JSON)
    assert refused.status_code == 409
    signed_out = Client().post("/cards/answers/", json.dumps(body), content_type=JSON)
    assert signed_out.status_code == 401
    stranger = {**body, "person": ""}
    assert (
        client.post("/cards/answers/", json.dumps(stranger), content_type=JSON).status_code == 409
    )
    assert not Review.objects.exists()
    assert User.objects.count() == 1


def test_a_stranger_who_only_looks_stays_a_stranger() -> None:
    stranger = Client()
    reply = send(stranger).json()
    assert reply["person"] == {"id": "", "guest": True}
    assert not User.objects.exists()
    reply = send(stranger, given(keys()[0], "aaaaaaaa1")).json()
    assert reply["person"]["id"].startswith("guest-")
    assert reply["csrf"]


def test_limits_and_what_is_no_json_have_a_sentence(client: Client) -> None:
    many = send(client, *[given(keys()[0], f"aaaaaaaa{n}") for n in range(201)])
    assert (many.status_code, "at most 200 items" in many.json()["error"]) == (422, True)
    for size in (200_001, 2_000_000):
        large = client.post("/cards/answers/", " " * size, content_type=JSON)
        assert (large.status_code, "Send fewer" in large.json()["error"]) == (413, True)
    broken = client.post("/cards/answers/", "{", content_type=JSON)
    assert broken.status_code == 422
    assert client.post("/cards/answers/", {"answers": "[]"}).status_code == 302
    assert not Review.objects.exists()


def test_an_undo_brings_the_card_back_and_counts_once(client: Client, ann: User) -> None:
    key = keys()[0]
    send(client, given(key, "aaaaaaaa1"))
    reply = send(client, path="undo/", once="aaaaaaaa1", key=key).json()
    assert (reply["undone"], reply["card"]["key"], reply["queue"][0]) == (True, key, key)
    assert not Item.objects.filter(owner=ann).exists()
    reply = send(client, path="undo/", once="aaaaaaaa1", key=key).json()
    assert (reply["undone"], reply["card"]["key"]) == (False, key)
    assert "no such answer" in reply["sentence"]


def test_set_aside_and_put_off_cards_are_not_asked(client: Client) -> None:
    first, second = keys()[:2]
    assert "Set aside" in send(client, path="suspend/", key=first).json()["told"][0]
    reply = send(client, path="bury/", key=second).json()
    assert reply["told"] == ["Put off till tomorrow."]
    back = send(client, path="bring-back/", key=second).json()
    assert back["card"]["key"] == second
    assert second in back["queue"]
    assert send(client, path="bring-back/", key="card:own:none").status_code == 404
    reply = send(client, path="bury/", key=second).json()
    assert not {first, second} & set(reply["queue"])
    assert send(client, path="bury/", key="card:twitter:none").status_code == 404


def test_the_end_says_when_the_next_comes_and_that_there_are_more(
    client: Client, ann: User
) -> None:
    Preferences.objects.create(owner=ann, new_a_day=1)
    reply = send(client, given(keys()[0], "aaaaaaaa1", 4)).json()
    assert reply["queue"] == []
    assert "1 answer today" in reply["done"]
    assert "The next card comes in" in reply["done"]
    assert "Your limit is 1 a day" in reply["done"]
    assert "Done for today" in client.get("/cards/").content.decode()


def test_the_browser_says_where_the_day_begins(client: Client, ann: User) -> None:
    send(client, given(keys()[0], "aaaaaaaa1"), utc_offset_min=120)
    assert Preferences.objects.get(owner=ann).utc_offset_min == 120


# -- Notes -------------------------------------------------------------------


def test_a_note_is_kept_and_a_change_elsewhere_is_shown(client: Client, ann: User) -> None:
    key = keys()[0]
    read = {"was": "", "was_tags": " ".join(content_cards(PACK)[key].tags)}
    typed = {"key": key, "note": "mine\r\nhere", "tags": "hard", **read}
    saved = send(client, path="note/", **typed).json()
    assert saved["told"] == ["Your note is kept."]
    remark = Remark.objects.get(owner=ann, key=key)
    assert (remark.note, remark.tags) == ("mine\nhere", ["hard"])
    late = send(client, path="note/", key=key, note="other", tags="", **read).json()
    assert "changed elsewhere" in late["html"]
    assert all(text in late["html"] for text in ("mine\nhere", "other"))
    form = client.post("/cards/note/", {"key": key, "note": "third", **read})
    assert form.status_code == 409
    assert Remark.objects.get(owner=ann, key=key).note == "mine\nhere"
    was = {"was": "mine\r\nhere", "was_tags": "hard"}
    client.post("/cards/note/", {"key": key, "note": "third", **was})
    assert Remark.objects.get(owner=ann, key=key).note == "third"


def test_tags_changed_elsewhere_and_a_note_deleted_elsewhere_are_shown(
    client: Client, ann: User
) -> None:
    key = keys()[0]
    own = " ".join(content_cards(PACK)[key].tags)
    first = {"key": key, "note": "mine", "tags": f"{own} hard", "was": "", "was_tags": own}
    for _ in range(2):  # the same form twice is no change elsewhere
        assert client.post("/cards/note/", first).status_code == 302
    late = client.post("/cards/note/", {**first, "tags": f"{own} easy", "was": "mine"})
    assert late.status_code == 409
    assert f"Tags: {own} hard" in late.text
    assert f'name="tags" value="{own} easy"' in late.text
    Remark.objects.all().delete()
    read = {"was": "mine", "was_tags": f"{own} hard"}
    late = client.post("/cards/note/", {**first, "note": "mine, longer", **read})
    assert late.status_code == 409
    assert "No note." in late.text
    assert "mine, longer</textarea>" in late.text
    assert not Remark.objects.exists()
    kept = send(client, path="note/", **first).json()  # by now it was read without a note
    assert (kept["told"], Remark.objects.get().note) == (["Your note is kept."], "mine")


def test_a_refused_note_of_a_form_comes_back_as_it_was_typed(client: Client) -> None:
    key, tags = keys()[0], " ".join(f"tag-{n}" for n in range(21))
    refused = client.post("/cards/note/", {"key": key, "note": "typed", "tags": tags, "was": "w"})
    assert refused.status_code == 422
    assert "at most 20 tags" in refused.text
    assert "typed</textarea>" in refused.text
    assert f'name="tags" value="{tags}"' in refused.text
    assert 'name="was" value="w"' in refused.text
    long = client.post("/cards/note/", {"key": key, "note": "y" * 4_001})
    assert (long.status_code, "y" * 4_001 in long.text) == (422, True)
    assert client.post("/cards/note/", {"key": "card:own:none", "note": "y"}).status_code == 302
    assert not Remark.objects.exists()


def test_the_line_ends_of_a_form_do_not_count_twice(client: Client, ann: User) -> None:
    key, lines = keys()[0], "x\r\n" * 1_999 + "xx"  # 4,000 characters as they were typed
    tags = " ".join(content_cards(PACK)[key].tags)
    fields = {"key": key, "note": lines, "tags": tags, "was_tags": tags}
    assert client.post("/cards/note/", fields).status_code == 302
    assert len(Remark.objects.get(owner=ann).note) == 4_000


def test_a_note_over_the_limit_and_one_on_no_card_are_refused(client: Client) -> None:
    key = keys()[0]
    long = send(client, path="note/", key=key, note="y" * 4_001)
    assert (long.status_code, "at most 4000" in long.json()["error"]) == (422, True)
    assert send(client, path="note/", key=key, note="\x00").status_code == 422
    assert send(client, path="note/", key=key, note="y", tags="t" * 41).status_code == 422
    assert send(client, path="note/", key="card:own:none", note="y").status_code == 404
    assert not Remark.objects.exists()


def test_an_answer_of_a_wrong_clock_counts_now(client: Client, ann: User) -> None:
    future = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    send(client, given(keys()[0], "aaaaaaaa1", at=future))
    assert Review.objects.get(owner=ann).at <= datetime.now(UTC)
