"""The shape of a pack's folder `grading/`: by which words an answer covers a rubric point.

Each file has concepts (what words mean a thing), points (which concepts together are evidence),
or both. All files share one set of concepts.

A concept's terms are phrases of plain words, matched by their stems (`push` is also "pushed"):
`word*` matches any word that begins so; `a|b` either word; `...` up to four words in between;
`#10K..500K` a number in that range (both ends included, however it is written); `@other` another
concept's terms.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from trainer.catalog.fields import Model, PointId

ConceptName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Term = Annotated[str, Field(min_length=1, max_length=200)]
# A concept that is asserted; with "!" one that is denied ("we don't push").
Need = Annotated[str, Field(pattern=r"^!?[a-z][a-z0-9_]*$", max_length=41)]


def _listed(needs: Any) -> Any:
    """A need that is one concept is a choice of one."""
    if not isinstance(needs, list | tuple):
        return needs
    return [[need] if isinstance(need, str) else need for need in needs]


Needs = Annotated[
    tuple[Annotated[tuple[Need, ...], Field(min_length=1)], ...],
    BeforeValidator(_listed),
    Field(min_length=1, max_length=6),
]
Wording = Annotated[str, Field(min_length=1, max_length=400)]
Window = Literal["clause", "sentence", "pair", "paragraph", "text"]


class Frame(Model):
    """A piece of evidence: all of `need` (where a need is a list: any one of it) within one
    window, and none of `without` there.

    `bound`: concepts that have opposites in it must belong together: of "celebrities are pulled,
    the others pushed" it finds celebrity + pull, but not celebrity + push. A `weak` frame alone is
    a hint and not evidence.
    """

    need: Needs
    within: Window = "sentence"
    bound: bool = False
    without: tuple[ConceptName, ...] = ()
    weak: bool = False


class PointPatterns(Model):
    """How people say that they cover a point. `against`: frames that assert its opposite, which
    take it away. `examples` are wordings that cover it, `near_misses` wordings near it that do
    not; they are compared by sentence vectors."""

    frames: Annotated[tuple[Frame, ...], Field(min_length=1)]
    against: tuple[Frame, ...] = ()
    examples: Annotated[tuple[Wording, ...], Field(min_length=3)]
    near_misses: tuple[Wording, ...] = ()


class GradingFile(Model):
    """One file of the folder. `opposites`: groups of concepts that exclude one another."""

    concepts: dict[ConceptName, Annotated[tuple[Term, ...], Field(min_length=1)]] = {}
    opposites: tuple[Annotated[tuple[ConceptName, ...], Field(min_length=2)], ...] = ()
    points: dict[PointId, PointPatterns] = {}


class Patterns(Model):
    """All files of the folder together."""

    concepts: dict[ConceptName, tuple[Term, ...]] = {}
    opposites: tuple[tuple[ConceptName, ...], ...] = ()
    points: dict[PointId, PointPatterns] = {}
