"""Numbers, tables and charts of the labs, as templates draw them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from trainer.catalog.lab_schema import Control, Lab
from trainer.catalog.schema import Pack
from trainer.lab.models import Run
from trainer.lab.showing.amounts import shown
from trainer.lab.showing.bars import Bars, bars_of
from trainer.lab.showing.charts import Behind, Look, behind, drawing, looks
from trainer.lab.showing.tables import ShownTable, cell_text, table_of

register = template.Library()
register.filter("cell", cell_text)

Json = Mapping[str, Any]
LONG: Final = 16  # letters that a narrow column has no room for
SIGNS: Final = re.compile(r"(?<=[_(/])")
SYMBOL: Final = 2  # letters: "s" is looked for as a word of its own, "min" also in "minutes"


@register.filter
def amount(value: float | None, unit: str = "") -> str:
    """`{{ 12345|amount:"writes" }}`: "12,345 writes"; nothing for None."""
    return "" if value is None else shown(value, unit)


@register.filter
def table(block: Json) -> ShownTable:
    """Of a block with `columns` and `rows`."""
    return table_of(block["columns"], block["rows"])


@register.filter
def frame_table(frame: Json, block: Json) -> ShownTable:
    """Of one frame of a sequence; its bars are comparable with those of the other frames."""
    among = [row for each in block["frames"] for row in each["rows"]]
    return table_of(block["columns"], frame["rows"], among)


@register.filter
def sum_table(tweet: Json) -> ShownTable:
    """A tweet's score by hand."""
    return table_of([{"label": each} for each in tweet["sum_columns"]], tweet["sum_"])


@register.filter("bars")
def lying_bars(chart: Json) -> Bars:
    return bars_of(chart)


@register.filter
def table_behind(chart: Json) -> Behind:
    return behind(chart)


@register.filter
def chart_drawing(chart: Json) -> dict[str, Any]:
    """What static/lab/charts.js draws from."""
    return drawing(chart)


@register.filter
def legend(chart: Json) -> list[tuple[str, Look]]:
    """The name and look of each series."""
    return [
        (each["name"], look)
        for each, look in zip(chart["series"], looks(chart["series"]), strict=True)
    ]


@register.filter
def step_anchor(name: str) -> str:
    """Where the page keeps a step: "Say it" stands at #say."""
    return name.split()[0].lower()


@register.filter
def lab_named(pack: Pack, slug: str) -> Lab | None:
    return pack.lab(slug)


@register.filter
def breakable(text: str) -> str:
    """With places to break a long word at: a formula's, behind its signs."""
    parts = (SIGNS.split(word) if len(word) >= LONG else [word] for word in text.split(" "))
    return SafeString(" ".join("<wbr>".join(escape(each) for each in part) for part in parts))


@register.filter
def labelled(control: Control) -> str:
    """What a control is called, with its unit where the name does not say it."""
    word = re.escape(control.unit)
    said = re.search(
        rf"\b{word}" if len(control.unit) > SYMBOL else rf"\b{word}\b", control.label, re.I
    )
    return control.label if not control.unit or said else f"{control.label}, {control.unit}"


@register.filter
def is_first(run: Run) -> bool:
    """Whether the prediction is compared with this run: none was done before it."""
    return not run.attempt.runs.filter(state=Run.State.DONE, number__lt=run.number).exists()


@register.filter
def seconds(run: Run) -> str:
    """How long a run that has ended took."""
    if run.started_at is None or run.ended_at is None:
        return ""
    return shown((run.ended_at - run.started_at).total_seconds(), "s")
