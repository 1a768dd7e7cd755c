"""What follows from a person's rows, and is computed again when a guest's rows have joined them.

Moving rows is merge's work. What was computed from the rows of one alone (when a card is due, from
the answers to it) is wrong once there are two people's: its room registers how to set it right.
"""

from collections.abc import Callable

from trainer.accounts.models import User

Joiner = Callable[[User], None]

_joiners: list[Joiner] = []


def register(joiner: Joiner) -> None:
    """Add a room's part. Called in AppConfig.ready; the same one twice counts once.

    `joiner` is given who has the rows now, locked. It runs in the transaction of the merge: what
    it raises undoes the merge.
    """
    if joiner not in _joiners:
        _joiners.append(joiner)


def joined(person: User) -> None:
    """Compute again what follows from the rows of `person`, who has just been given a guest's."""
    for joiner in _joiners:
        joiner(person)
