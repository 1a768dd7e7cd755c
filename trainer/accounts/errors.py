class AccountError(Exception):
    """What a person asked of their account cannot be done; the message is for them."""


class UsernameTaken(AccountError):
    def __init__(self) -> None:
        super().__init__("This name is taken. Choose another one.")


class NotToBeCarried(AccountError):
    """An account is asked to go on elsewhere by a link; it signs in there instead."""


class UnknownCarrying(AccountError):
    """No link to go on with has this token."""


class CarryingClosed(AccountError):
    """The link was used, is too old, or belongs to an account by now."""
