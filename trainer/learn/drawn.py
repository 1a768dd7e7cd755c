"""The architecture as a drawing, with a band behind each layer. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from trainer.board.drawing import Drawing, draw
from trainer.board.outline import Arrow, Box, Outline
from trainer.catalog.schema import Architecture

EDGE = 9.0  # px that the first and the last band reach beyond their boxes


@dataclass(frozen=True, slots=True)
class Band:
    """A layer across the whole drawing, from `top` down over `height` px."""

    name: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Picture:
    """`bands` is empty where the boxes of two layers stand side by side. `top` (0 or less) and
    `height`: from where to where all of it reaches, in px of the drawing."""

    drawing: Drawing
    bands: tuple[Band, ...]

    @property
    def top(self) -> float:
        return min((0.0, *(band.top for band in self.bands)))

    @property
    def height(self) -> float:
        ends = [band.top + band.height for band in self.bands]
        return max((float(self.drawing.height), *ends)) - self.top


def picture(architecture: Architecture) -> Picture:
    """The components and edges as drawn, without those for when time permits."""
    names = {each.id: each.name for each in architecture.components}
    boxes = tuple(Box(each.name) for each in architecture.components)
    arrows = tuple(
        Arrow(names[edge.source], names[edge.target])
        for edge in architecture.edges
        if edge.source in names and edge.target in names
    )
    drawing = draw(Outline(boxes, arrows, ()), "architecture")
    return Picture(drawing, _bands(architecture, drawing))


def _bands(architecture: Architecture, drawing: Drawing) -> tuple[Band, ...]:
    reaches = []
    for layer in architecture.layers:
        places = [
            box.place
            for box, each in zip(drawing.boxes, architecture.components, strict=True)
            if each.layer == layer.id
        ]
        if places:
            top = min(place.y for place in places)
            bottom = max(place.y + place.height for place in places)
            reaches.append((layer.name, top, bottom))
    if not reaches or any(upper[2] >= lower[1] for upper, lower in pairwise(reaches)):
        return ()
    between = [(upper[2] + lower[1]) / 2 for upper, lower in pairwise(reaches)]
    edges = [reaches[0][1] - EDGE, *between, reaches[-1][2] + EDGE]
    return tuple(
        Band(name, round(top, 1), round(bottom - top, 1))
        for (name, _, _), (top, bottom) in zip(reaches, pairwise(edges), strict=True)
    )
