"""What is wrong with a content pack, all of it at once."""

from collections.abc import Iterable


class PackErrors(Exception):
    """A pack that cannot be used. `errors` are lines of the form `file:field: expected ...`."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.errors))
