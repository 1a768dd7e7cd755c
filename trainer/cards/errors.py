"""What can go wrong with cards, in sentences."""


class CardsError(Exception):
    """The message says what happened and what to do."""


class UnknownCard(CardsError):
    """No such card, or it belongs to somebody else, which nobody shall learn."""


class OwnerGone(CardsError):
    """Who answered was merged into an account, or deleted, in the same moment."""
