"""The values with which a run is made, by the names of the lab's controls. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

Value = int | float | str


@dataclass(frozen=True)
class Given:
    """Values already checked against the lab's controls. KeyError: the content lacks a control that
    the code reads (a test compares them)."""

    values: Mapping[str, Value]

    def whole(self, name: str) -> int:
        return int(self.values[name])

    def number(self, name: str) -> float:
        return float(self.values[name])

    def text(self, name: str) -> str:
        """Of a choice, an account or a text."""
        return str(self.values[name])
