"""Moving a guest's rows into the account they sign in to, whatever rooms the rows belong to."""

from collections.abc import Iterator
from typing import TypeAlias

from django.db import IntegrityError, models, transaction
from psycopg.errors import UniqueViolation

from trainer.accounts.joining import joined, joining
from trainer.accounts.models import User

Link: TypeAlias = "models.ForeignObject[models.Model, models.Model]"


def merge_guest(guest_id: int, account_id: int) -> None:
    """Give every row that points at the guest to the account, then delete the guest.

    One transaction: all or nothing. Where only one row may be had (a OneToOne, a unique
    constraint) and both have one, the account's row stays and the guest's is deleted, with what
    hangs on it. The rooms keep what would be lost by that, and compute again what follows from the
    rows (see joining). Does nothing if the guest is gone or has become an account in the meantime.
    """
    with transaction.atomic():
        # The locks stop other tabs: a row that names the guest is in before we look, or refused.
        people = User.objects.select_for_update().order_by("pk").in_bulk([guest_id, account_id])
        guest, account = people.get(guest_id), people.get(account_id)
        if guest is None or account is None or guest == account or not guest.is_guest:
            return
        joining(guest, account)
        for link in _links_to_people():
            _move(link, guest, account)
        guest.delete()
        joined(account)


def _links_to_people() -> Iterator[Link]:
    """Every foreign key that points at a User, hidden ones and many-to-many rows included.

    Left out are the rows that grant a User rights (groups, permissions): rights never move.
    """
    rights = {field.remote_field.through for field in User._meta.many_to_many}
    for relation in User._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.parent_link:
            continue
        if relation.related_model not in rights:
            yield relation.field


def _move(link: Link, guest: User, account: User) -> None:
    rows = link.model._base_manager.filter(**{link.name: guest})
    if _reassign(rows, link, account):
        return
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        row = link.model._base_manager.filter(pk=pk)
        if not _reassign(row, link, account):
            row.delete()


def _reassign(rows: models.QuerySet[models.Model], link: Link, account: User) -> bool:
    """Point `rows` at the account. False, with nothing changed, if a unique rule forbids it."""
    try:
        with transaction.atomic():
            rows.update(**{link.name: account})
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        return False
    return True
