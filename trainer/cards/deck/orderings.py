"""Cards whose parts have to be put in order. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from trainer.cards.deck.card import Card, Topic
from trainer.cards.deck.owning import about, tags
from trainer.catalog.schema import Flow, Format, Pack, ReferenceSection

ARROW: Final = " → "  # between the stages of a pipeline that stands in one line
FEWEST: Final = 3  # the order of two parts is guessed
_COUNTED: Final = re.compile(r"^[^\W\d_]+ \d+: ")  # "Level 2: " would give its place away


def reference_orderings(pack: Pack) -> list[Card]:
    """Ordered sections of the quick reference, and its pipelines that stand in one line."""
    cards = []
    for section in pack.quick_reference.sections:
        if section.ordered:
            steps = [_COUNTED.sub("", item.text) for item in section.items]
            cards.append(_reference(pack, section, section.id, steps))
        for item in section.items:
            if ARROW in item.text:
                id = f"{section.id}.{item.id}"
                cards.append(_reference(pack, section, id, item.text.split(ARROW)))
    return _orderable(cards)


def flow_orderings(pack: Pack) -> list[Card]:
    """The way of each data flow through the components."""
    known = (*pack.architecture.components, *pack.architecture.extended)
    names = {each.id: each.name for each in known}
    return _orderable([_flow(pack, flow, names) for flow in pack.architecture.flows])


def phase_orderings(pack: Pack) -> list[Card]:
    """The phases of each format."""
    return _orderable([_phases(pack, each) for each in pack.formats])


def step_orderings(pack: Pack) -> list[Card]:
    """The steps in which a trade-off is argued."""
    steps = [step.name for step in pack.trade_offs.steps]
    ask = "Every trade-off is argued in the same steps. In which order?"
    at = about(pack.slug, "trade-offs")
    title = "The steps of a trade-off"
    return _orderable([_ordering("order:steps", "trade-offs", (title, ask), steps, at)])


def _orderable(cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if len(set(card.order)) >= FEWEST]


def _reference(pack: Pack, section: ReferenceSection, id: str, parts: Sequence[str]) -> Card:
    words = (section.title, f"**{section.title}**: in which order?")
    at = about(pack.slug, "quick-reference", section.id)
    return _ordering(f"order:reference:{id}", "quick-reference", words, parts, at)


def _flow(pack: Pack, flow: Flow, names: dict[str, str]) -> Card:
    ask = f"The data flow **{flow.name}**: which components, in which order?"
    words = (f"The flow: {flow.name}", ask)
    at = about(pack.slug, "architecture", f"flow-{flow.id}")
    path = [names[id] for id in flow.path]
    return _ordering(f"order:flow:{flow.id}", "architecture", words, path, at, flow.explain)


def _phases(pack: Pack, format: Format) -> Card:
    ask = f"An interview of {format.name}: in which order do its phases come?"
    phases = [phase.name for phase in format.phases]
    at = about(pack.slug, "pacing", format.id)
    words = (f"The phases of {format.name}", ask)
    return _ordering(f"order:phases:{format.id}", "pacing", words, phases, at)


def _ordering(
    id: str,
    topic: Topic,
    words: tuple[str, str],
    parts: Sequence[str],
    at: str,
    explain: str = "",
) -> Card:
    """`words`: the title and the question. `explain` stands below the right order on the back."""
    listed = "\n".join(f"{place}. {part}" for place, part in enumerate(parts, start=1))
    return Card(
        id=id,
        kind="ordering",
        topic=topic,
        title=words[0],
        front=words[1],
        back=f"{listed}\n\n{explain}".strip(),
        tags=tags(topic, "ordering"),
        order=tuple(parts),
        about=at,
    )
