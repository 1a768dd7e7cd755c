"""What a run shows besides its figures: charts, tables, sequences, tweets, sums. Pure.

Every block has an id (a newer one of the same id takes its place), a title, and the origin of its
numbers. `to_json` and the templates in templates/lab/blocks/ know one name for each: `type`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Origin = Literal["measured", "computed", "cited", "assumption"]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is told in the heading. Of a column with `bar` the value is drawn too, as a share of
    the greatest in its column."""

    label: str
    unit: str = ""
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` as wide as `columns`; numbers are shown in at most four significant digits, and stand
    at the right."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    origin: Origin
    note: str = ""
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Series:
    """`y` as long as `x`; None where there is no value. A `dashed` one is a claim or a model beside
    what was measured."""

    name: str
    x: Sequence[float]
    y: Sequence[float | None]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Drawn as `lines`, `points`, `steps` or `bars` (x is then 0, 1, ... and `names` the bars'),
    with its numbers in a table behind it. Series may have different x. Log axes leave out what is
    not above 0."""

    id: str
    title: str
    x_label: str
    y_label: str
    series: Sequence[Series]
    origin: Origin
    kind: Literal["lines", "points", "steps", "bars"] = "lines"
    log_x: bool = False
    log_y: bool = False
    names: Sequence[str] = ()
    note: str = ""
    type: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of a sequence: `at` (such as "0.25 s", or "step 3"), what happens, and rows."""

    at: str
    text: str
    rows: Sequence[Sequence[Cell]] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Frames to step through, play, pause and speed up; `columns` head the rows of each frame."""

    id: str
    title: str
    columns: Sequence[Column]
    frames: Sequence[Frame]
    origin: Origin
    note: str = ""
    type: Literal["steps"] = "steps"


@dataclass(frozen=True, slots=True)
class Tweet:
    """A line of a timeline, opened by a click: `facts` are (name, value) pairs, `sum_` the score by
    hand: (what, factor or weight, value, product) rows, and their outcome."""

    rank: int
    handle: str
    text: str
    badges: Sequence[str] = ()
    was: int | None = None  # its rank in the other list
    facts: Sequence[tuple[str, Cell]] = ()
    sum_columns: Sequence[str] = ()
    sum_: Sequence[Sequence[Cell]] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Tweets:
    id: str
    title: str
    tweets: Sequence[Tweet]
    origin: Origin
    note: str = ""
    type: Literal["tweets"] = "tweets"


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Two statements that cannot both hold; the answer opens by a click."""

    first: str
    second: str
    hint: str
    answer: str
    sum_: str = ""  # the arithmetic that shows it


@dataclass(frozen=True, slots=True)
class Puzzles:
    id: str
    title: str
    puzzles: Sequence[Puzzle]
    origin: Origin
    note: str = ""
    type: Literal["puzzles"] = "puzzles"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or two on what was just seen; `tone` amber where something broke."""

    id: str
    title: str
    text: str
    origin: Origin = "measured"
    tone: Literal["", "amber", "red", "green"] = ""
    type: Literal["note"] = "note"


Block = Table | Chart | Steps | Tweets | Puzzles | Note


def to_json(block: Block) -> dict[str, Any]:
    """As it is stored and as templates read it."""
    return asdict(block)


@dataclass(slots=True)
class Result:
    """What a run has given so far: values of figures by id, and blocks by id in their order."""

    figures: dict[str, float] = field(default_factory=dict)
    blocks: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"figures": dict(self.figures), "blocks": list(self.blocks.values())}
