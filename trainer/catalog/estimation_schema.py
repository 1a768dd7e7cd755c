"""The shape of estimation.yaml: back-of-the-envelope tasks over the capacity model. It may be
missing. Pure."""

from typing import Annotated

from pydantic import Field, FiniteFloat

from trainer.catalog.fields import Model, Prose, Slug, Words


class Given(Model):
    """An input of the capacity model that the task tells. `words` say what it is, and `one_of` are
    the values that it may have, so that no two rounds have the same figures (none: the model's
    own value)."""

    input: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    words: Words
    one_of: Annotated[tuple[FiniteFloat, ...], Field(max_length=8)] = ()


class Task(Model):
    """One estimate. `target` is a figure of the capacity model, asked in `unit` (as it is written
    in a line: "writes/s", "PB/year", "%"). `hints` are shown one by one, on request."""

    id: Slug
    title: Words
    ask: Prose
    target: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    unit: Annotated[str, Field(min_length=1, max_length=30)]
    given: Annotated[tuple[Given, ...], Field(min_length=1, max_length=8)]
    hints: Annotated[tuple[Prose, ...], Field(max_length=6)] = ()
