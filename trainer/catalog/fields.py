"""The kinds of field that content is made of.

Unknown keys are refused. Fields of type `Prose` are Markdown in which a number is named as
`{{n:slug}}`; fields of type `str` are plain words (names, labels, wordings to match). Pure.
"""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

PROSE: Final = "prose"  # marks the fields in which Markdown and {{n:slug}} are allowed

Prose = Annotated[str, Field(min_length=1, max_length=4000), PROSE]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)]
PointId = Annotated[str, Field(pattern=r"^[a-z0-9]+\.\d+$")]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
