"""Nested frozen dataclasses of numpy arrays, numbers and truths as named arrays, and back. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
Made = TypeVar("Made")
PLAIN = (bool, int, float)


def arrays_of(value: Any, prefix: str = "") -> dict[str, NDArray[Any]]:
    """Each array of a dataclass and of those within it, by its path, such as "tweets.id"; a number
    is an array without a dimension. Raises TypeError for anything else."""
    return dict(_named(value, prefix))


def from_arrays(made: type[Made], arrays: Arrays, prefix: str = "") -> Made:
    """The dataclass that `arrays_of` took apart. Raises KeyError where an array is missing."""
    hints = get_type_hints(made)
    parts = {
        field.name: _part(hints[field.name], arrays, f"{prefix}{field.name}")
        for field in fields(made)  # type: ignore[arg-type]  # only dataclasses are asked for
    }
    return made(**parts)


def _named(value: Any, prefix: str) -> Iterator[tuple[str, NDArray[Any]]]:
    for field in fields(value):
        part, name = getattr(value, field.name), f"{prefix}{field.name}"
        if is_dataclass(part):
            yield from _named(part, f"{name}.")
        elif isinstance(part, (np.ndarray, np.generic, *PLAIN)):
            yield name, np.asarray(part)
        else:
            raise TypeError(f"{name} is {type(part).__name__}: keep arrays and numbers only.")


def _part(hint: Any, arrays: Arrays, name: str) -> Any:
    if is_dataclass(hint):
        return from_arrays(hint, arrays, f"{name}.")  # type: ignore[arg-type]  # a class, not one of it
    return hint(arrays[name].item()) if hint in PLAIN else arrays[name]
