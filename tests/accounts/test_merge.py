"""Signing in moves a guest's rows, whatever model they belong to: here models of the test's own."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, models

from tests.accounts.conftest import PASSWORD
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


def owner(field: type[models.ForeignKey] = models.ForeignKey, **options) -> models.ForeignKey:
    return field(User, on_delete=models.CASCADE, related_name="+", **options)


def define() -> SimpleNamespace:
    class Note(models.Model):
        owner = owner()
        text = models.TextField()

        class Meta:
            app_label = "accounts"

    class Plan(models.Model):
        owner = owner(models.OneToOneField)
        text = models.TextField()

        class Meta:
            app_label = "accounts"

    class Card(models.Model):
        owner = owner()
        slug = models.TextField()

        class Meta:
            app_label = "accounts"
            constraints = [models.UniqueConstraint("owner", "slug", name="card_once")]

    class Circle(models.Model):
        members = models.ManyToManyField(User, related_name="+")

        class Meta:
            app_label = "accounts"

    class Odd(models.Model):
        """Refuses the account for a reason that is no collision."""

        owner = owner()

        class Meta:
            app_label = "accounts"
            constraints = [
                models.CheckConstraint(condition=models.Q(owner__lt=1_000_000), name="odd")
            ]

    return SimpleNamespace(Note=Note, Plan=Plan, Card=Card, Circle=Circle, Odd=Odd)


@pytest.fixture
def room() -> Iterator[SimpleNamespace]:
    """Models with tables, gone again after the test (the tables with its transaction)."""
    before = dict(apps.all_models["accounts"])
    made = define()
    with connection.schema_editor() as editor:
        for model in vars(made).values():
            editor.create_model(model)
    yield made
    apps.all_models["accounts"] = before
    apps.get_app_config("accounts").models = before
    apps.clear_cache()


@pytest.fixture
def guest(room) -> User:
    return User.objects.create(username="guest-1", is_guest=True)


@pytest.fixture
def ann(room) -> User:
    return User.objects.create_user("Ann", password=PASSWORD)


def test_signing_in_takes_the_rows_along_and_ends_the_guest(room, ann, as_guest):
    client, guest = as_guest()
    room.Note.objects.create(owner=guest, text="mine")
    room.Note.objects.create(owner=ann, text="older")
    client.post("/you/sign-in/", {"username": "Ann", "password": PASSWORD})
    assert {note.owner for note in room.Note.objects.all()} == {ann}
    assert not User.objects.filter(pk=guest.pk).exists()
    assert client.get("/whoami/").content == b"Ann"


def test_a_failed_sign_in_moves_nothing(room, ann, as_guest):
    client, guest = as_guest()
    room.Note.objects.create(owner=guest, text="mine")
    client.post("/you/sign-in/", {"username": "Ann", "password": "wrong"})
    assert room.Note.objects.get().owner == guest
    assert client.get("/whoami/").content == guest.username.encode()


def test_the_only_row_of_its_kind_moves(room, ann, guest):
    room.Plan.objects.create(owner=guest, text="guest's")
    merge_guest(guest.pk, ann.pk)
    assert room.Plan.objects.get().owner == ann


def test_of_two_rows_where_one_may_be_the_accounts_stays(room, ann, guest):
    room.Plan.objects.create(owner=guest, text="guest's")
    room.Plan.objects.create(owner=ann, text="account's")
    merge_guest(guest.pk, ann.pk)
    assert room.Plan.objects.get().text == "account's"


def test_a_unique_collision_costs_only_the_row_that_collides(room, ann, guest):
    for person, slug in [(guest, "qps"), (guest, "ttl"), (ann, "qps")]:
        room.Card.objects.create(owner=person, slug=slug)
    merge_guest(guest.pk, ann.pk)
    assert sorted(room.Card.objects.values_list("owner", "slug")) == [
        (ann.pk, "qps"),
        (ann.pk, "ttl"),
    ]


def test_memberships_move_too_and_do_not_double(room, ann, guest):
    both, only_guest = room.Circle.objects.create(), room.Circle.objects.create()
    both.members.set([guest, ann])
    only_guest.members.set([guest])
    merge_guest(guest.pk, ann.pk)
    assert list(both.members.all()) == list(only_guest.members.all()) == [ann]


def test_rights_do_not_move(room, ann, guest):
    guest.groups.add(Group.objects.create(name="staff"))
    merge_guest(guest.pk, ann.pk)
    assert not ann.groups.exists()


def test_what_cannot_move_for_another_reason_undoes_the_whole_merge(room, guest):
    ann = User.objects.create_user("Ann", password=PASSWORD, pk=2_000_000)
    room.Note.objects.create(owner=guest, text="mine")
    room.Odd.objects.create(owner=guest)
    with pytest.raises(IntegrityError):
        merge_guest(guest.pk, ann.pk)
    assert room.Note.objects.get().owner == guest


def test_an_account_is_never_merged_into_another(room, ann):
    bob = User.objects.create_user("Bob", password=PASSWORD)
    room.Note.objects.create(owner=bob, text="his")
    merge_guest(bob.pk, ann.pk)
    assert room.Note.objects.get().owner == bob


def test_deleting_a_person_deletes_their_rows(room, as_guest):
    client, guest = as_guest()
    room.Note.objects.create(owner=guest, text="mine")
    room.Plan.objects.create(owner=guest, text="mine")
    client.post("/you/delete/")
    assert not room.Note.objects.exists()
    assert not room.Plan.objects.exists()


def test_every_row_that_points_at_a_person_goes_with_them():
    links = User._meta.get_fields(include_hidden=True)
    kinds = {str(link): link.on_delete for link in links if isinstance(link, models.ManyToOneRel)}
    kept = {name for name, rule in kinds.items() if rule is not models.CASCADE}
    # Outlives an idle guest in the report of whom they scored, and goes where its writer deletes
    # all that is theirs: tests/host/test_blind.py.
    assert kept == {"<ManyToOneRel: host.scorecard>"}
