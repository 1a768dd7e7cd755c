"""What a room has to do itself when a guest's rows join those of an account.

Moving rows is merge's work. Where both have a row and only one may stay, the account's does: a room
that wants to keep something of the guest's registers how, before the rows move. What was computed
from the rows of one alone (when a card is due, from the answers to it) is wrong once there are two
people's: its room registers how to set it right, after they moved.
"""

from collections.abc import Callable

from trainer.accounts.models import User

Keeper = Callable[[User, User], None]
Joiner = Callable[[User], None]

_keepers: list[Keeper] = []
_joiners: list[Joiner] = []


def register_keeper(keeper: Keeper) -> None:
    """Add a room's part before the rows move, as `register` does for after. `keeper` is given the
    guest and the account."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def register(joiner: Joiner) -> None:
    """Add a room's part. Called in AppConfig.ready; the same one twice counts once.

    `joiner` is given who has the rows now, locked. It runs in the transaction of the merge: what
    it raises undoes the merge.
    """
    if joiner not in _joiners:
        _joiners.append(joiner)


def joining(guest: User, account: User) -> None:
    """Keep what the guest's rows would lose by moving to the account's."""
    for keeper in _keepers:
        keeper(guest, account)


def joined(person: User) -> None:
    """Compute again what follows from the rows of `person`, who has just been given a guest's."""
    for joiner in _joiners:
        joiner(person)
