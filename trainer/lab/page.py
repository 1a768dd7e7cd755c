"""What a lab's page shows: its five steps, as far as the visitor has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trainer.catalog.lab_schema import Control, Lab
from trainer.catalog.schema import Pack
from trainer.lab import queue
from trainer.lab.models import Attempt, Run
from trainer.lab.saying import Next, next_of, said, world_sentence
from trainer.lab.selectors import first_done, newest_run
from trainer.lab.showing.amounts import shown
from trainer.lab.showing.compare import Comparison, compare

StepState = Literal["done", "now", "later"]
STEPS = ("Predict", "Run", "Compare", "Play", "Say it")


@dataclass(frozen=True, slots=True)
class Field:
    """A control with what stands in it."""

    control: Control
    name: str
    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    id: str
    label: str
    text: str  # the value with its unit
    unit: str
    origin: str
    how: str
    is_predicted: bool


@dataclass(frozen=True, slots=True)
class Live:
    """What changes while a run goes: `place` in the queue, 0 where it does not wait; `is_lost`: its
    worker has not been heard of for a while, and it will begin again."""

    run: Run
    place: int
    is_lost: bool
    figures: Sequence[ShownFigure]
    blocks: Sequence[Mapping[str, Any]]
    compare: Comparison | None
    say: str
    world_sentence: str
    next: Next


@dataclass(frozen=True, slots=True)
class LabPage:
    """`typed`, `prediction_error`: a prediction that was refused; `problem`: why a run was."""

    steps: Sequence[tuple[str, StepState]]
    attempt: Attempt | None
    controls: Sequence[Field]
    live: Live | None
    hindrance: str
    world_sentence: str
    typed: str = ""
    prediction_error: str = ""
    problem: str = ""
    interview_id: str = ""

    @property
    def run(self) -> Run | None:
        return self.live.run if self.live else None

    @property
    def may_play(self) -> bool:
        """Whether the first run, with the default inputs, was done."""
        return self.attempt is not None and self.attempt.measured is not None


def fields(
    lab: Lab, run: Run | None, typed: Mapping[str, str], errors: Mapping[str, str]
) -> list[Field]:
    """The controls with what was typed, else the values of the last run, else the defaults."""
    used = run.values if run else {}
    return [
        Field(
            control,
            control.id,
            typed.get(control.id, _plain(used.get(control.id, control.default))),
            errors.get(control.id, ""),
        )
        for control in lab.controls
    ]


def _plain(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def steps_of(attempt: Attempt | None) -> list[tuple[str, StepState]]:
    """Predict, Run, Compare, Play, Say it: done, now, or later."""
    if attempt is None:
        here = 0
    elif attempt.measured is None:
        here = 1
    else:
        here = 3
    return [
        (name, "done" if place < here else "now" if place == here else "later")
        for place, name in enumerate(STEPS)
    ]


def live_of(pack: Pack, lab: Lab, run: Run, now: Any) -> Live:
    """The live part of a run."""
    values: Mapping[str, float] = run.result.get("figures", {})
    first = first_done(run.attempt)
    return Live(
        run=run,
        place=queue.place(run) if run.state == Run.State.QUEUED else 0,
        is_lost=run.lease_until is not None
        and run.state == Run.State.RUNNING
        and run.lease_until < now,
        figures=_figures(lab, values),
        blocks=run.result.get("blocks", []),
        compare=compared(pack, lab, run.attempt, first) if first else None,
        say=said(lab, values) if run.state == Run.State.DONE else "",
        world_sentence=world_sentence(run.base, run.accounts),
        next=next_of(pack, lab, run),
    )


def _figures(lab: Lab, values: Mapping[str, float]) -> list[ShownFigure]:
    return [
        ShownFigure(
            figure.id,
            figure.label,
            shown(values[figure.id], figure.unit),
            figure.unit,
            figure.origin,
            figure.how,
            figure.id == lab.prediction.figure,
        )
        for figure in lab.figures
        if figure.id in values
    ]


def compared(pack: Pack, lab: Lab, attempt: Attempt, first: Run) -> Comparison | None:
    """The prediction beside what the first run measured, and what is claimed on the same scale.
    None where the content has another figure by now."""
    values: Mapping[str, float] = first.result["figures"]
    figure = lab.predicted_figure
    if figure.id not in values:
        return None
    number = pack.ledger.get(lab.claim.number or "")
    other = lab.figure(lab.claim.computed) if lab.claim.computed else None
    return compare(
        attempt.predicted,
        values[figure.id],
        (number.label, number.value) if number else None,
        (other.label, values[other.id]) if other and other.id in values else None,
        figure.unit,
        is_measured=figure.origin == "measured",
    )


def build(
    pack: Pack,
    lab: Lab,
    attempt: Attempt | None,
    now: Any,
    *,
    hindrance: str,
    world_sentence: str,
    run: Run | None = None,
    typed_in: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    **more: str,
) -> LabPage:
    """The page of an attempt at its newest run, or at `run`."""
    run = run or (newest_run(attempt) if attempt else None)
    return LabPage(
        steps=steps_of(attempt),
        attempt=attempt,
        controls=fields(lab, run, typed_in or {}, errors or {}),
        live=live_of(pack, lab, run, now) if run else None,
        hindrance=hindrance,
        world_sentence=world_sentence,
        **more,
    )
