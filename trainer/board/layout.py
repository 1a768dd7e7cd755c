"""Gives every box, label and line of an outline its place, from top to bottom. Pure.

Boxes stand in the even rows. Between them a line passes through a bend, or its label, in every
row, so that no line runs through a box and no label lies on another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from trainer.board.outline import Outline, key
from trainer.board.placing import Sides, across, ordered
from trainer.board.rows import Link, rows, without_cycles
from trainer.board.wrapping import text_width, wrap

BOX_WIDTH = 104.0  # three of them, with gaps and margins, fit a phone of 390 px
PADDING = 7.0
LINE = 17.0  # px from line to line of text
GAP = 10.0  # side by side
ROW_GAP = 18.0
BEND_WIDTH = 4.0
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in px: (x, y) is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class PlacedBox:
    name: tuple[str, ...]  # in lines
    note: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    text: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from box to box, downwards through `bends`. Heads at the start, at the end or both."""

    source: int
    target: int
    bends: tuple[Place, ...]
    at_start: bool
    at_end: bool


@dataclass(frozen=True, slots=True)
class Layout:
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    labels: tuple[PlacedLabel, ...]
    wires: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """All arrows between two boxes as one line, as it will be drawn: downwards."""

    upper: int
    lower: int
    at_start: bool
    at_end: bool
    label: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    row: int
    width: float
    height: float
    weight: float = 1.0  # how much it insists on its wished place


def lay_out(outline: Outline) -> Layout:
    """The drawing's geometry. The same outline always gives the same one."""
    links = _links(outline)
    downward = without_cycles(len(outline.boxes), list(links))
    row_of = rows(len(outline.boxes), downward)
    lines = [_line(link, links[link], down) for link, down in zip(links, downward, strict=True)]
    texts = [(wrap(b.name, _inner()), wrap(b.note, _inner())) for b in outline.boxes]
    items = [
        _Item(2 * row, BOX_WIDTH, 2 * PADDING + LINE * (len(name) + len(note)))
        for row, (name, note) in zip(row_of, texts, strict=True)
    ]
    ways = [_way(line, items) for line in lines]
    places = _places(
        items, [[line.upper, *way, line.lower] for line, way in zip(lines, ways, strict=True)]
    )
    return Layout(
        width=max((place.x + place.width for place in places), default=0.0) + MARGIN,
        height=max((place.y + place.height for place in places), default=0.0) + MARGIN,
        boxes=tuple(PlacedBox(*text, place) for text, place in zip(texts, places, strict=False)),
        labels=tuple(
            PlacedLabel(line.label, places[way[0]])
            for line, way in zip(lines, ways, strict=True)
            if line.label
        ),
        wires=tuple(
            Wire(line.upper, line.lower, _bends(places, way), line.at_start, line.at_end)
            for line, way in zip(lines, ways, strict=True)
        ),
    )


def _bends(places: list[Place], way: list[int]) -> tuple[Place, ...]:
    """The bends of a line; in a row without height there is nothing to pass."""
    return tuple(places[i] for i in way if places[i].height)


def _inner() -> float:
    return BOX_WIDTH - 2 * PADDING


def _links(outline: Outline) -> dict[Link, list[str]]:
    """The lines to draw: one for each two boxes that are joined, in the direction of the first
    arrow between them; with the labels there (empty ones too), the way back as a second entry."""
    index = {key(box.name): i for i, box in enumerate(outline.boxes)}
    links: dict[Link, list[str]] = {}
    for arrow in outline.arrows:
        link = index[key(arrow.source)], index[key(arrow.target)]
        links.setdefault(link[::-1] if link[::-1] in links else link, []).append(arrow.label)
    return links


def _line(link: Link, labels: list[str], down: Link) -> _Line:
    both = len(labels) > 1
    text = "; ".join(dict.fromkeys(filter(None, labels)))
    return _Line(*down, both or down != link, both or down == link, wrap(text, BOX_WIDTH))


def _way(line: _Line, items: list[_Item]) -> list[int]:
    """Adds the items that the line passes between its boxes; the label is the first of them."""
    way: list[int] = []
    for row in range(items[line.upper].row + 1, items[line.lower].row):
        item = _Item(row, BEND_WIDTH, 0.0, weight=3.0)
        if line.label and not way:
            width = max(text_width(text) for text in line.label)
            item = _Item(row, width, LINE * len(line.label))
        way.append(len(items))
        items.append(item)
    return way


def _places(items: list[_Item], ways: Iterable[list[int]]) -> list[Place]:
    """The place of each item. A bend is as tall as its row: there its line runs straight down."""
    sides = _sides(ways)
    order: list[list[int]] = [[] for _ in range(max((item.row for item in items), default=-1) + 1)]
    for i, item in enumerate(items):
        order[item.row].append(i)
    widths = [item.width for item in items]
    middles = across(ordered(order, sides), sides, widths, GAP, [item.weight for item in items])
    left = min((m - w / 2 for m, w in zip(middles, widths, strict=True)), default=0.0) - MARGIN
    heights = [max((items[i].height for i in row), default=0.0) for row in order]
    tops = list(accumulate((height + ROW_GAP for height in heights), initial=MARGIN))
    return [
        _place(item, middle - left, tops[item.row], heights[item.row])
        for item, middle in zip(items, middles, strict=True)
    ]


def _place(item: _Item, middle: float, top: float, row_height: float) -> Place:
    height = item.height or row_height
    return Place(middle - item.width / 2, top + (row_height - height) / 2, item.width, height)


def _sides(ways: Iterable[list[int]]) -> Sides:
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for way in ways:
        for upper, lower in pairwise(way):
            below.setdefault(upper, []).append(lower)
            above.setdefault(lower, []).append(upper)
    return Sides(above, below)
