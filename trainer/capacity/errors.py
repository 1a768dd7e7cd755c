"""What can be wrong with the numbers that are put into the model. Pure."""

from collections.abc import Sequence


class CapacityError(ValueError):
    """The root of this room's errors; the message is a sentence with the value and the remedy."""


class LawError(CapacityError):
    """No power law has these parameters."""


class InputsError(CapacityError):
    """Inputs out of range. `violations` holds every sentence, in the order of the fields."""

    def __init__(self, violations: Sequence[str]) -> None:
        super().__init__("; ".join(violations))
        self.violations = tuple(violations)


class FormulaError(CapacityError):
    """A formula of the model that cannot be read: a fault of ours, not of the inputs."""
