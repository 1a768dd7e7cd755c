"""Bringing cards in: looked at first, then done; nothing lost, nothing doubled."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.errors import OwnerGone
from trainer.cards.keys import own_key
from trainer.cards.models import ImportDraft, OwnCard, Remark
from trainer.cards.own.services import Words, add
from trainer.cards.sharing import bringing, plan
from trainer.cards.sharing.outgoing import as_csv, as_json, as_zip, parcel
from trainer.cards.sharing.reading import MOST_BYTES
from trainer.cards.tasks import forget_drafts
from trainer.catalog.packs import get_pack
from trainer.lib import clock
from trainer.schedule.models import Item
from trainer.schedule.services import answered

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = {"own", "numbers"}


@pytest.fixture
def user() -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, content: bytes | str, name: str = "cards.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/cards/import/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def confirm(client: Client):
    draft = ImportDraft.objects.get()
    return client.post("/cards/import/", {"confirm": draft.pk}, follow=True)


def sides(owner: User) -> list[tuple[str, str]]:
    return list(
        OwnCard.objects.filter(owner=owner).order_by("created_at").values_list("front", "back")
    )


def brought(owner: User, name: str, data: bytes) -> plan.Plan:
    return bringing.bring(bringing.keep(owner, name, data, NOW), NOW)


def test_a_stranger_looks_first_then_imports_and_becomes_a_guest(client: Client):
    page = upload(client, "front,back\nQ1,A1\nonly one\nQ2,A2\n").text
    assert User.objects.get().is_guest
    assert not OwnCard.objects.exists()
    assert "<b>2</b> new" in page
    assert "Line 3" in page
    assert "Expected 2 columns (front, back), got 1" in page
    page = confirm(client).text
    assert "The import is done. Cards: 2 new, 0 changed, 0 the same, 1 left out." in page
    assert sides(User.objects.get()) == [("Q1", "A1"), ("Q2", "A2")]
    assert not ImportDraft.objects.exists()


def test_a_file_that_cannot_be_read_makes_no_guest_and_keeps_nothing(client: Client):
    response = upload(client, "Frage,Antwort\nQ,A\n")
    assert response.status_code == 422
    assert "found “Frage”, “Antwort”" in response.text
    assert upload(client, b"", "x.csv").status_code == 422
    assert client.post("/cards/import/", {}).status_code == 422
    assert not User.objects.exists()


def test_a_file_that_is_too_large_is_refused_in_words(client: Client):
    response = upload(client, b"x" * (MOST_BYTES + 100_000))
    assert response.status_code == 422
    assert "one of over 1 MB" in response.text


def test_the_same_file_again_has_nothing_to_import(visitor: Client, user: User):
    for _ in range(2):
        page = upload(visitor, "front,back\nQ1,A1\nQ2,A2\n").text
        if 'name="confirm"' in page:
            confirm(visitor)
    assert "There is nothing to import" in page
    assert "<b>2</b> the same" in page
    assert len(sides(user)) == 2


def test_a_card_with_the_same_front_is_changed_and_keeps_its_schedule(visitor: Client, user: User):
    card = add(user, Words("What  is\npush?", "Old.", ("kept",)), NOW)
    item = answered(user, card.key, 3, NOW)
    page = upload(visitor, "front,back\nWhat is push?,New.\n").text
    assert "<b>1</b> changed" in page
    assert "Back until now: Old." in page
    confirm(visitor)
    card.refresh_from_db()
    assert (card.back, card.tags) == ("New.", ["kept"])
    assert Item.objects.get(owner=user, key=card.key).due == item.due


def test_an_id_of_the_file_is_the_same_card_when_its_front_changed(user: User):
    brought(user, "a.json", json.dumps([{"id": "7", "front": "Q", "back": "A"}]).encode())
    done = brought(user, "a.json", json.dumps([{"id": "7", "front": "Q?", "back": "A"}]).encode())
    assert (len(done.new), len(done.changed)) == (0, 1)
    assert sides(user) == [("Q?", "A")]


def test_cards_with_ids_of_their_own_may_have_the_same_front(user: User):
    rows = [{"id": "1", "front": "Q", "back": "A"}, {"id": "2", "front": "Q", "back": "B"}]
    for new, same in ((2, 0), (0, 2)):
        done = brought(user, "a.json", json.dumps(rows).encode())
        assert (len(done.new), done.same) == (new, same)


def test_a_row_said_twice_counts_once_and_one_with_other_words_is_refused(user: User):
    done = brought(user, "a.csv", b"front,back\nQ,A\nQ,A\nQ,B\n")
    assert (len(done.new), done.same) == (1, 1)
    assert [(each.at, each.why) for each in done.refused] == [
        ("line 4", "The same front as line 2, with other words. Keep one.")
    ]


def test_new_cards_keep_the_order_of_their_file(user: User):
    rows = "".join(f"Q{n},A\n" for n in range(30))
    brought(user, "a.csv", f"front,back\n{rows}".encode())
    assert [front for front, _ in sides(user)] == [f"Q{n}" for n in range(30)]


def test_no_more_cards_than_a_person_may_have(user: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plan, "MOST_CARDS", 3)
    add(user, Words("Q0", "A"), NOW)
    done = brought(user, "a.csv", b"front,back\nQ0,B\nQ1,A\nQ2,A\nQ3,A\n")
    assert (len(done.new), len(done.changed)) == (2, 1)
    assert [each.at for each in done.refused] == ["line 5"]
    assert OwnCard.objects.count() == 3


def test_what_was_exported_is_the_same_here_and_complete_elsewhere(user: User):
    pack = get_pack("twitter")
    key = next(iter(content_cards("twitter")))
    for n in range(3):
        add(user, Words(f"=Q{n}\n- a", "**A** 'x", ("tag", f"t{n}")), NOW + timedelta(seconds=n))
    Remark.objects.create(owner=user, key=key, note="mine", tags=["x"], changed_at=NOW)
    out = parcel(user, pack, ALL, NOW)
    numbers = len(out.content)
    for name, data, same, ours in (
        ("a.json", as_json(out), 4, 0),
        ("a.csv", as_csv(out), 3, numbers),
        ("a.zip", as_zip(out), 7, numbers),
    ):
        done = brought(user, name, data)
        assert (done.writes, done.same, done.ours, done.refused) == (0, same, ours, [])
    other = User.objects.create(username="bob")
    done = brought(other, "a.json", as_json(out))
    assert (len(done.new), len(done.notes)) == (3, 1)
    assert brought(other, "a.json", as_json(out)).writes == 0
    assert shape(other) == shape(user)
    assert brought(user, "b.json", as_json(parcel(other, pack, ALL, NOW))).writes == 0


def shape(owner: User) -> object:
    contents = json.loads(as_json(parcel(owner, get_pack("twitter"), {"own"}, NOW)))
    for card in contents["cards"]:
        del card["id"]
    return contents


def test_another_persons_id_names_nothing_of_theirs(user: User):
    theirs = add(User.objects.create(username="bob"), Words("Q", "A"), NOW)
    row = {"id": own_key(theirs.pk), "front": "Taken over", "back": "B"}
    assert len(brought(user, "a.json", json.dumps([row]).encode()).new) == 1
    theirs.refresh_from_db()
    assert theirs.front == "Q"


def test_a_note_on_a_card_that_is_not_here_is_refused(user: User):
    contents = {"cards": [], "notes": [{"key": "card:twitter:gone", "note": "x"}, {"note": "y"}]}
    done = brought(user, "a.json", json.dumps(contents).encode())
    assert [each.at for each in done.refused] == ["note 2", "note 1"]
    assert not Remark.objects.exists()


def test_a_file_that_was_replaced_or_is_a_day_old_is_not_imported(visitor: Client, user: User):
    upload(visitor, "front,back\nQ1,A1\n")
    response = visitor.post("/cards/import/", {"confirm": "another0draft000"}, follow=True)
    assert "not waiting any more" in response.text
    assert not OwnCard.objects.exists()
    forget_drafts()
    assert ImportDraft.objects.exists()
    ImportDraft.objects.update(made_at=clock.now() - timedelta(days=1, seconds=1))
    forget_drafts()
    assert not ImportDraft.objects.exists()


def test_a_page_of_a_replaced_file_imports_neither(visitor: Client, user: User):
    upload(visitor, "front,back\nShown,A\n")
    shown = ImportDraft.objects.get().pk
    upload(visitor, "front,back\nNot shown,B\n", "other.csv")
    response = visitor.post("/cards/import/", {"confirm": shown}, follow=True)
    assert "not waiting any more" in response.text
    assert "other.csv" in response.text
    assert not OwnCard.objects.exists()
    confirm(visitor)
    assert sides(user) == [("Not shown", "B")]


def test_a_file_that_is_replaced_in_the_moment_of_its_import_is_not_imported(user: User):
    first = bringing.keep(user, "a.csv", b"front,back\nQ,A\n", NOW)
    second = bringing.keep(user, "a.csv", b"front,back\nR,B\n", NOW)
    assert bringing.bring(first, NOW) is None
    assert not OwnCard.objects.exists()
    assert len(bringing.bring(second, NOW).new) == 1
    assert bringing.bring(second, NOW) is None


def test_a_file_for_somebody_who_is_gone_is_refused_in_words(user: User):
    gone = User.objects.create(username="bob")
    User.objects.filter(pk=gone.pk).delete()
    with pytest.raises(OwnerGone, match="Choose the file again"):
        bringing.keep(gone, "a.csv", b"front,back\nQ,A\n", NOW)


def test_a_waiting_file_that_cannot_be_read_any_more_is_told_and_replaced(
    visitor: Client, user: User
):
    draft = bringing.keep(user, "a.csv", b"no columns\n", NOW)
    response = visitor.get("/cards/import/")
    assert response.status_code == 422
    assert "Expected a first line" in response.text
    response = visitor.post("/cards/import/", {"confirm": draft.pk}, follow=True)
    assert "Expected a first line" in response.text
    assert "<b>1</b> new" in upload(visitor, "front,back\nQ,A\n").text


@pytest.mark.parametrize(
    "contents",
    [
        {"cards": [], "notes": [{"key": "card:\ud800", "note": "x"}]},
        {"cards": [{"front": "\ud800", "back": 5}]},
        {"cards": [{"\ud800": 1}]},
    ],
)
def test_half_a_character_is_left_out_and_told(visitor: Client, contents: object):
    response = upload(visitor, json.dumps(contents), "x.json")
    assert response.status_code == 200
    assert "<b>1</b> left out" in response.text
    visitor.post("/cards/import/", {"drop": "1"})
    assert not ImportDraft.objects.exists()


def test_half_a_character_in_a_file_without_cards_is_told(visitor: Client):
    response = upload(visitor, json.dumps({"\ud800": 1}), "x.json")
    assert response.status_code == 422
    assert "found an object with \\ud800." in response.text


def test_a_card_told_by_its_id_here_and_by_that_of_its_file_is_one(user: User):
    brought(user, "a.json", json.dumps([{"id": "7", "front": "Q", "back": "A"}]).encode())
    here = OwnCard.objects.get().key
    rows = [{"id": here, "front": "Q", "back": "B"}, {"id": "7", "front": "Q", "back": "C"}]
    for same, left in ((0, ["card 2"]), (1, ["card 2"])):
        done = brought(user, "a.json", json.dumps(rows).encode())
        assert (len(done.new), done.same) == (0, same)
        assert [each.at for each in done.refused] == left
    assert "The same card as card 1" in done.refused[0].why
    assert sides(user) == [("Q", "B")]


def test_a_file_is_one_persons_and_can_be_let_go(visitor: Client, user: User):
    upload(visitor, "front,back\nSecret,A1\n")
    other = Client()
    other.force_login(
        User.objects.create(username="bob"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "Secret" not in other.get("/cards/import/").text
    response = other.post("/cards/import/", {"confirm": ImportDraft.objects.get().pk}, follow=True)
    assert "not waiting any more" in response.text
    visitor.post("/cards/import/", {"drop": "1"})
    assert not ImportDraft.objects.exists()
    assert not OwnCard.objects.exists()
