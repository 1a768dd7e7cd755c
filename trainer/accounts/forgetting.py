"""What of a person does not go by itself when they delete all that is theirs.

Rows that point at a User go with them. A row that outlives its writer, such as a scorecard in
another person's report when an idle guest is purged, is deleted here where its writer asks for it.
"""

from collections.abc import Callable

from trainer.accounts.models import User

Forgetter = Callable[[User], None]

_forgetters: list[Forgetter] = []


def register(forgetter: Forgetter) -> None:
    """Add a room's part. Called in AppConfig.ready; the same one twice counts once."""
    if forgetter not in _forgetters:
        _forgetters.append(forgetter)


def forget(person: User) -> None:
    """Delete what `person` wrote in places that do not go with them."""
    for forgetter in _forgetters:
        forgetter(person)
