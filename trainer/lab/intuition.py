"""How near a visitor's predictions were: the log error, over labs and over time.

The error of one is |log10(predicted / measured)|: 0 is exact, 1 is ten times off, either way. Only
the first attempt at a lab tells of intuition; later ones are shown, and not counted. Nor is one
that has no error: "no idea", and a zero, which lies at no distance in powers of ten.
"""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from trainer.catalog.lab_schema import Lab
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.lab.blocks import Chart, Series, to_json
from trainer.lab.models import Attempt
from trainer.lab.showing.amounts import figure, shown
from trainer.lab.showing.compare import CLOSE, factor_words, log_error

LAST: Final = 5  # predictions, of which the chart shows the median
ENOUGH: Final = 6  # predictions, for its first half to be told from its second


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt. `factor_text`: "3 times too low", "" for "no idea". `log_error` None where there
    is none; `is_first`: at that lab, and so counted if it has one."""

    title: str
    url: str
    predicted_text: str
    measured_text: str
    factor_text: str
    log_error: float | None
    at: datetime
    is_first: bool


@dataclass(frozen=True, slots=True)
class Intuition:
    """`rows` newest first; `summary` "" where no prediction counts."""

    rows: Sequence[Row]
    summary: str
    chart: Mapping[str, Any] | None  # as blocks.Chart, where there are two points or more


def of(attempts: Sequence[Attempt]) -> Intuition:
    """Of a visitor's measured attempts, oldest first. A lab that is gone is left out."""
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for attempt in attempts:
        key = (attempt.pack, attempt.lab)
        if (row := _row(attempt, is_first=key not in seen)) is not None:
            rows.append(row)
            seen.add(key)
    counted = [row.log_error for row in rows if row.is_first and row.log_error is not None]
    return Intuition(rows[::-1], summary(counted), _chart(counted))


def summary(errors: Sequence[float]) -> str:
    """In words: within which factor half of the predictions were, and whether that has changed."""
    if not errors:
        return ""
    if len(errors) == 1:
        return f"The one prediction that counts was within {_factor(errors)} of what was measured."
    told = (
        f"In {len(errors)} labs, at least half of your first predictions were within"
        f" {_factor(errors)} of what was measured."
    )
    if len(errors) < ENOUGH:
        return told
    half = len(errors) // 2
    early, late = _factor(errors[:half]), _factor(errors[-half:])
    return f"{told} Of the first {half} it was {early}; of the last {half}, {late}."


def _factor(errors: Sequence[float]) -> str:
    """The factor of the median error, rounded up so that "within" holds."""
    factor = 10 ** statistics.median(errors)
    if factor <= 1 + CLOSE:
        return f"{CLOSE * 100:.0f}%"
    digit = 10.0 ** (math.floor(math.log10(factor)) - 1)
    return f"a factor of {figure(math.ceil(factor / digit - 1e-9) * digit)}"


def _row(attempt: Attempt, *, is_first: bool) -> Row | None:
    lab = _lab(attempt)
    if lab is None or attempt.measured is None or attempt.measured_at is None:
        return None
    unit = lab.predicted_figure.unit
    predicted, measured = attempt.predicted, attempt.measured
    return Row(
        title=lab.title,
        url=reverse("lab:lab", args=[attempt.pack, attempt.lab]),
        predicted_text="No idea" if predicted is None else shown(predicted, unit),
        measured_text=shown(measured, unit),
        factor_text=_off(predicted, measured),
        log_error=log_error(predicted, measured),
        at=attempt.measured_at,
        is_first=is_first,
    )


def _lab(attempt: Attempt) -> Lab | None:
    try:
        return get_pack(attempt.pack).lab(attempt.lab)
    except UnknownPack:
        return None


def _off(predicted: float | None, measured: float) -> str:
    if predicted is None:
        return ""
    if predicted == measured:
        return "exact"
    if log_error(predicted, measured) is None:
        return "no factor from zero"
    return factor_words(predicted, measured)


def _chart(errors: Sequence[float]) -> Mapping[str, Any] | None:
    """Over time: each prediction, and the median of the last few."""
    if len(errors) < 2:
        return None
    places = list(range(1, len(errors) + 1))
    middle = [statistics.median(errors[max(0, place - LAST) : place]) for place in places]
    chart = Chart(
        id="errors",
        title="How far off, prediction by prediction",
        x_label="Prediction, oldest first",
        y_label="Powers of ten off",
        series=[
            Series("Each prediction", places, list(errors)),
            Series(f"Median of the last {LAST}", places, middle, dashed=True),
        ],
        origin="computed",
        kind="points",
        note=(
            "The size of log10(predicted / measured): 0 is exact, 0.3 is twice too much or half,"
            " 1 is ten times or a tenth."
        ),
    )
    return to_json(chart)
