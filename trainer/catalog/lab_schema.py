"""The shape of labs/<slug>.yaml, lab_groups.yaml and stand_ins.yaml. All may be missing. Pure."""

import re
from typing import Annotated, Final, Literal

from pydantic import Field, FiniteFloat

from trainer.catalog.fields import Model, Prose, Slug, Words

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Origin = Literal["measured", "computed", "cited", "assumption"]
Value = int | FiniteFloat | str
# Where a figure of the run (in `say`) or a control's default (in a prediction) is put.
PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class LabGroup(Model):
    """lab_groups.yaml: a heading of the index. Groups and the labs in them stand in this order."""

    id: Slug
    title: Words
    labs: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Option(Model):
    """One choice of a control of kind `choice`."""

    id: Slug
    label: Words


class Control(Model):
    """What a visitor may change. `low`..`high` bound a `whole` or a `number`, both allowed; an
    `account` is typed as an id or a handle, or left empty for one that the lab chooses."""

    id: Name
    label: Words
    kind: Literal["whole", "number", "choice", "account", "text"]
    default: Value
    unit: str = ""
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    step: FiniteFloat | None = None
    options: tuple[Option, ...] = ()
    hint: Words | None = None


class LabFigure(Model):
    """A number that a run gives. `how`: what was counted or timed, and where; of a computed one its
    formula. Numbers that only a chart or table shows need no entry here."""

    id: Name
    label: Words
    unit: str
    origin: Origin
    how: Prose


class Prediction(Model):
    """What is asked before the first run. `figure` is the measured one that answers; `anchor` is
    one number to start from. `{control_id}` is where that control's default is put."""

    ask: Prose
    figure: Name
    anchor: Prose


class Claim(Model):
    """What the interview's guide says. `number` (of the ledger), and `computed` (another figure of
    the run), only where they are on one scale with the predicted figure: they are drawn beside it.
    """

    says: Prose
    number: Slug | None = None
    computed: Name | None = None


class Break(Model):
    """The values with which it goes too far, and what to see then."""

    values: dict[Name, Value]
    text: Prose


class Puzzle(Model):
    """Two statements that cannot both hold as they are told: find the slip. `sum` is the arithmetic
    that shows it."""

    id: Slug
    first: Prose
    second: Prose
    hint: Prose
    answer: Prose
    sum: Prose | None = None


class Lab(Model):
    """One lab. `slug` is the file's name; `runs` names the experiment in code (trainer/lab/labs).

    `intro` is the one paragraph to read. `watch` says what to look at in the result. `say` is the
    sentence worth saying in the interview, with measured figures as `{figure_id}`. `proves`: ids of
    traps, deep dives, decisions and mistakes that it bears out.
    """

    slug: Slug
    title: Words
    runs: Slug
    minutes: Annotated[int, Field(ge=1, le=30)]
    starts: bool = False  # one of those to begin with
    intro: Prose
    prediction: Prediction
    figures: Annotated[tuple[LabFigure, ...], Field(min_length=1)]
    claim: Claim
    controls: Annotated[tuple[Control, ...], Field(max_length=9)] = ()
    breaks: Break
    watch: Prose
    say: Prose
    proves: tuple[Slug, ...] = ()
    puzzles: tuple[Puzzle, ...] = ()

    def figure(self, id: str) -> LabFigure | None:
        return next((each for each in self.figures if each.id == id), None)

    @property
    def predicted_figure(self) -> LabFigure:
        """The one that answers the prediction; the checks of the content know that it is there."""
        return next(each for each in self.figures if each.id == self.prediction.figure)

    @property
    def asked(self) -> str:
        """The question, with the defaults of the first run."""
        return self._with_defaults(self.prediction.ask)

    @property
    def anchored(self) -> str:
        """The anchor, likewise."""
        return self._with_defaults(self.prediction.anchor)

    def _with_defaults(self, text: str) -> str:
        defaults = {each.id: each.default for each in self.controls}

        def shown(name: str) -> str:
            value = defaults[name]
            return value if isinstance(value, str) else f"{value:,}"

        return PLACE.sub(lambda match: shown(match.group(1)), text)

    def control(self, id: str) -> Control | None:
        return next((each for each in self.controls if each.id == id), None)


class StandIn(Model):
    """stand_ins.yaml: a part of the real thing, what plays it here, and how the two differ."""

    id: Slug
    real: Words
    does: Prose
    here: Words
    difference: Prose
    labs: tuple[Slug, ...] = ()
