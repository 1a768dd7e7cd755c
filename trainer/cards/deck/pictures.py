"""Cards that show the architecture with one component missing. Pure.

The drawing is the board's own; the missing box keeps its place, its size and its arrows, so that
the picture in mind stays the same from card to card.
"""

from html import escape
from typing import Final

from trainer.board.drawing import DrawnBox, DrawnWire, describe, draw
from trainer.board.outline import Arrow, Box, Outline
from trainer.cards.deck.card import Card
from trainer.cards.deck.owning import about, tags
from trainer.catalog.schema import Component, Pack

MARK: Final = "?"
UNNAMED: Final = "The missing component"
RISE: Final = 6.0  # px from the middle of the mark down to its baseline


def picture_cards(pack: Pack) -> list[Card]:
    """One card a component of the drawing; those to add when time permits are not drawn."""
    joined = {end for edge in pack.architecture.edges for end in (edge.source, edge.target)}
    drawn = [each for each in pack.architecture.components if each.id in joined]
    return [_card(pack, component) for component in drawn]


def _card(pack: Pack, component: Component) -> Card:
    return Card(
        id=f"picture:{component.id}",
        kind="picture",
        topic="architecture",
        title=f"Missing: the component {standing(pack, component.id)}",
        front="Which component is missing?",
        back=f"**{component.name}**\n\n{component.does}",
        tags=tags("architecture", "picture"),
        hole=component.id,
        about=about(pack.slug, "architecture", component.id),
    )


def standing(pack: Pack, hole: str) -> str:
    """Where the component `hole` stands: "after API Gateway and before Kafka"."""
    names = {each.id: each.name for each in pack.architecture.components}
    edges = pack.architecture.edges
    sides = {
        "after": [names[edge.source] for edge in edges if edge.target == hole],
        "before": [names[edge.target] for edge in edges if edge.source == hole],
    }
    return " and ".join(f"{side} {_listed(there)}" for side, there in sides.items() if there)


def _listed(names: list[str]) -> str:
    return ", ".join(names)


def picture_svg(pack: Pack, hole: str) -> str:
    """The drawing as an SVG element that stands alone, in the colour of the text around it.

    `hole`: a component's id; LookupError when there is none of it. Its name is nowhere in it.
    """
    ids = [each.id for each in pack.architecture.components]
    if hole not in ids:
        raise LookupError(f'the architecture has no component "{hole}"; it has {", ".join(ids)}')
    drawing = draw(_outline(pack))
    parts = [_wire(wire) for wire in drawing.wires]
    parts += [_box(box, is_hole=ids[i] == hole) for i, box in enumerate(drawing.boxes)]
    title = "The architecture with one component missing"
    said = f"The missing component stands {standing(pack, hole)}. {describe(_outline(pack, hole))}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="shrinks" role="img"'
        f' width="{drawing.width}" height="{drawing.height}"'
        f' viewBox="0 0 {drawing.width} {drawing.height}"'
        f' aria-labelledby="hole-{hole}" aria-describedby="hole-{hole}-words"'
        f' font-family="system-ui, sans-serif" font-size="13" text-anchor="middle"'
        f' fill="currentColor" stroke="none">'
        f'<title id="hole-{hole}">{title}</title>'
        f'<desc id="hole-{hole}-words">{escape(said)}</desc>{"".join(parts)}</svg>'
    )


def _wire(wire: DrawnWire) -> str:
    heads = "".join(f'<path class="head" d="{head}" fill-opacity="0.6"/>' for head in wire.heads)
    line = 'fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-width="1.5"'
    return f'<path class="wire" d="{wire.path}" {line}/>{heads}'


def _box(box: DrawnBox, *, is_hole: bool) -> str:
    place = box.place
    edge = 'stroke-width="2" stroke-dasharray="5 4"' if is_hole else 'stroke-opacity="0.6"'
    rectangle = (
        f'<rect class="{"hole" if is_hole else "box"}" x="{place.x}" y="{place.y}"'
        f' width="{place.width}" height="{place.height}" rx="6" fill="none" stroke="currentColor"'
        f" {edge}/>"
    )
    if is_hole:
        baseline = round(place.y + place.height / 2 + RISE, 1)
        mark = f'<tspan x="{round(place.middle, 1)}" y="{baseline}">{MARK}</tspan>'
        return f'{rectangle}<text class="mark" font-size="17" font-weight="600">{mark}</text>'
    lines = "".join(
        f'<tspan x="{line.x}" y="{line.y}">{escape(line.text)}</tspan>' for line in box.lines
    )
    return f"{rectangle}<text>{lines}</text>"


def _outline(pack: Pack, unnamed: str = "") -> Outline:
    """The architecture as the board draws it, with the component `unnamed` left unnamed."""
    names = {
        each.id: UNNAMED if each.id == unnamed else each.name
        for each in pack.architecture.components
    }
    arrows = [Arrow(names[edge.source], names[edge.target]) for edge in pack.architecture.edges]
    return Outline(tuple(Box(name) for name in names.values()), tuple(arrows), ())
