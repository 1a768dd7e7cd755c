"""An outline as shapes for the template `board/_outline.html`. Pure: escaping is the template's.

Use: `{% include "board/_outline.html" with drawing=drawing %}`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.board.layout import LINE, PADDING, Layout, Place, Wire, lay_out
from trainer.board.outline import Outline, Remark

HEAD = 7.0  # px, length of an arrow's head
BASELINE = 12.5  # px from the top of a line of text to its baseline
SHRINKS = 460  # px: a drawing up to this width is shrunk to a phone's, a wider one is scrolled
PORTS = 0.6  # the share of a box's side over which its lines are spread


@dataclass(frozen=True, slots=True)
class TextLine:
    x: float
    y: float
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBox:
    place: Place
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class DrawnWire:
    """SVG path data: the line, and the heads on it."""

    path: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws. `title` and `description` say it in words; `id` keeps the ids of
    two drawings on one page apart."""

    id: str
    width: int
    height: int
    title: str
    description: str
    boxes: tuple[DrawnBox, ...]
    wires: tuple[DrawnWire, ...]
    labels: tuple[TextLine, ...]
    remarks: tuple[Remark, ...]

    @property
    def scrolls(self) -> bool:
        """Whether it is too wide to be shrunk to a phone and still be read."""
        return self.width > SHRINKS


def draw(outline: Outline, id: str = "outline") -> Drawing:
    """The drawing of an outline; without boxes it is empty, and the template invites."""
    layout = lay_out(outline)
    labels = [
        line
        for label in layout.labels
        for line in _lines(label.place.middle, label.place.y, label.text)
    ]
    return Drawing(
        id=id,
        width=round(layout.width + 0.5),
        height=round(layout.height + 0.5),
        title=f"Architecture with {_count(len(outline.boxes), 'box', 'boxes')} "
        f"and {_count(len(outline.arrows), 'arrow', 'arrows')}",
        description=describe(outline),
        boxes=tuple(
            DrawnBox(_rounded(box.place), _in_box(box.place, box.name, box.note))
            for box in layout.boxes
        ),
        wires=_wires(layout),
        labels=tuple(labels),
        remarks=outline.remarks,
    )


def describe(outline: Outline) -> str:
    """The outline in sentences: what leads where, then the boxes that stand alone."""
    said = [
        f"{arrow.source} to {arrow.target}" + (f" ({arrow.label})" if arrow.label else "") + "."
        for arrow in outline.arrows
    ]
    joined = {name for arrow in outline.arrows for name in (arrow.source, arrow.target)}
    said += [f"{box.name}, not connected." for box in outline.boxes if box.name not in joined]
    return " ".join(said)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _rounded(place: Place) -> Place:
    return Place(round(place.x, 1), round(place.y, 1), place.width, round(place.height, 1))


def _lines(
    x: float, top: float, texts: Sequence[str], *, is_note: bool = False
) -> tuple[TextLine, ...]:
    return tuple(
        TextLine(round(x, 1), round(top + BASELINE + i * LINE, 1), text, is_note)
        for i, text in enumerate(texts)
    )


def _in_box(place: Place, name: Sequence[str], note: Sequence[str]) -> tuple[TextLine, ...]:
    top = place.y + PADDING
    below = _lines(place.middle, top + len(name) * LINE, note, is_note=True)
    return (*_lines(place.middle, top, name), *below)


def _wires(layout: Layout) -> tuple[DrawnWire, ...]:
    starts = _ports(layout, lower=False)
    ends = _ports(layout, lower=True)
    return tuple(_wire(layout, wire, starts[i], ends[i]) for i, wire in enumerate(layout.wires))


def _ports(layout: Layout, *, lower: bool) -> dict[int, float]:
    """Where across its box each wire touches it: side by side, sorted by where they come from."""
    touching: dict[int, list[tuple[float, int]]] = {}
    for i, wire in enumerate(layout.wires):
        box, other = (wire.target, wire.source) if lower else (wire.source, wire.target)
        bends = wire.bends[::-1] if lower else wire.bends
        far = next((bend for bend in bends), layout.boxes[other].place)
        touching.setdefault(box, []).append((far.middle, i))
    ports = {}
    for box, wires in touching.items():
        place = layout.boxes[box].place
        step = place.width * PORTS / len(wires)
        for n, (_, i) in enumerate(sorted(wires)):
            ports[i] = place.middle + (n - (len(wires) - 1) / 2) * step
    return ports


def _wire(layout: Layout, wire: Wire, start_x: float, end_x: float) -> DrawnWire:
    source, target = layout.boxes[wire.source].place, layout.boxes[wire.target].place
    top, bottom = source.y + source.height, target.y
    heads = []
    if wire.at_start:
        heads.append(_head(start_x, top, HEAD))
    if wire.at_end:
        heads.append(_head(end_x, bottom, -HEAD))
    top += HEAD if wire.at_start else 0.0
    bottom -= HEAD if wire.at_end else 0.0
    path, x, y = f"M{start_x:.1f} {top:.1f}", start_x, top
    for bend in wire.bends:
        path += _curve(x, y, bend.middle, bend.y) + f"V{bend.y + bend.height:.1f}"
        x, y = bend.middle, bend.y + bend.height
    return DrawnWire(path + _curve(x, y, end_x, bottom), tuple(heads))


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (y + to_y) / 2
    return f"C{x:.1f} {half:.1f} {to_x:.1f} {half:.1f} {to_x:.1f} {to_y:.1f}"


def _head(x: float, y: float, length: float) -> str:
    side = HEAD / 2
    return f"M{x:.1f} {y:.1f}L{x - side:.1f} {y + length:.1f}L{x + side:.1f} {y + length:.1f}Z"
