"""What a formula is once it is read. Pure."""

from dataclasses import dataclass

Powers = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Units:
    """`measures` by pint's names, `nouns` in the singular, each with its power."""

    measures: Powers = ()
    nouns: Powers = ()

    def __bool__(self) -> bool:
        return bool(self.measures or self.nouns)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written, with its unit. `text` is the number alone: "250M"."""

    value: float
    text: str
    units: Units = Units()


@dataclass(frozen=True, slots=True)
class Name:
    """What an earlier line came to; `that` is the line before."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    of: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """`sign` is one of + - * / ^."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Converted:
    """... to a unit."""

    of: "Node"
    units: Units


Node = Number | Name | Negative | Binary | Converted


def numbers(node: Node) -> list[Number]:
    """Every number that was written in it, from left to right."""
    match node:
        case Number():
            return [node]
        case Negative(of=of) | Converted(of=of):
            return numbers(of)
        case Binary(left=left, right=right):
            return numbers(left) + numbers(right)
        case _:
            return []
