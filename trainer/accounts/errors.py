class AccountError(Exception):
    """What a person asked of their account cannot be done; the message is for them."""


class UsernameTaken(AccountError):
    def __init__(self) -> None:
        super().__init__("This name is taken. Choose another one.")
