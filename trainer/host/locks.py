"""People before the rows that point at them: whoever deletes a person, or takes a guest's rows
along into an account, locks in this order too. Else each of two would wait for the other."""

from trainer.accounts.models import User


def lock_people(*ids: int) -> frozenset[int]:
    """Locks these people until the transaction ends; those of them who are still there."""
    wanted = User.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return frozenset(person.pk for person in wanted.order_by("pk"))
