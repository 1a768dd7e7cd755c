"""Ids that came from outside, before they reach the database."""

from trainer.twitter.errors import UnknownAccount

MOST = 2**31 - 1  # the column's


def account_id(value: int) -> int:
    """The id itself, if an account can have it. Raises UnknownAccount."""
    if not 0 < value <= MOST:
        raise UnknownAccount(value)
    return value
