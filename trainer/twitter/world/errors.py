"""What seeding refuses."""

from trainer.twitter.errors import TwitterError


class BadPopulation(TwitterError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"No world can be made of this: {reason}")


class OtherWorld(TwitterError):
    def __init__(self, name: str, accounts: int, seed: int) -> None:
        super().__init__(
            f"There is a world {name!r} already, of {accounts:,} accounts and seed {seed}: "
            "choose another name."
        )
