"""Times, quotes and the drawing of an outline, for the pages of a finished interview."""

from django import template

from trainer.board.drawing import Drawing, draw
from trainer.board.outline import parse
from trainer.catalog.schema import Pack
from trainer.grading.grades import Quote
from trainer.interviews.grade.quotes import Marks, Piece
from trainer.interviews.report import times
from trainer.interviews.state import Line
from trainer.lib.times import clock_time

register = template.Library()
register.filter(clock_time)
register.filter(times.second)

ROW = 56  # px of one phase in the chart of minutes


@register.filter
def minutes(seconds: float) -> str:
    """Seconds as minutes: 90 is 1.5."""
    return times.minutes(seconds)


@register.filter
def signed_minutes(seconds: float) -> str:
    """A difference in minutes with its sign: 90 is +1.5, -30 is a minus and 0.5, 0 is 0."""
    text = times.minutes(abs(seconds))
    return text if text == "0" else ("+" if seconds > 0 else "\N{MINUS SIGN}") + text


@register.filter
def row_top(row: int) -> int:
    """Where row `row` of the chart of minutes begins, in px."""
    return row * ROW


@register.filter
def drawn(outline: str) -> Drawing:
    """The drawing of an outline, for `board/_outline.html`."""
    return draw(parse(outline))


@register.filter
def pieces(marks: Marks, line: Line) -> tuple[Piece, ...]:
    """A line of the transcript cut at its quotes."""
    return marks.pieces(line.seq, line.text)


@register.filter
def outline_pieces(marks: Marks, outline: str) -> tuple[Piece, ...]:
    """The outline cut at its quotes."""
    return marks.pieces(0, outline)


@register.filter
def anchor(marks: Marks, quote: Quote) -> str:
    """The id of the marked words of a quote."""
    return marks.anchor(quote)


@register.filter
def score_name(score: int, pack: Pack) -> str:
    """A score of 1 to 4 in the words of the pack."""
    return pack.signals.name_of(score)
