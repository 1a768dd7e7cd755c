"""Which parts of the pack's architecture a candidate drew or named. Pure."""

import re

from trainer.board.outline import Outline, key, parse
from trainer.catalog.schema import Component, Pack
from trainer.interviews.state import State

_OF_PEOPLE = frozenset({"user", "users"})  # said of people far more often than of a client


def drawn(state: State) -> Outline:
    """The outline as it stood at the deadline."""
    return parse(state.text_of("outline").on_time)


def components(state: State, pack: Pack) -> tuple[Component, ...]:
    """In the pack's order: those that a box of the outline names, and those that a message does by
    the name itself or an alias of it."""
    boxes = [key(box.name) for box in drawn(state).boxes]
    said = " ".join(line.text for line in state.said())
    every = (*pack.architecture.components, *pack.architecture.extended)
    return tuple(each for each in every if _has_box(each, boxes) or _is_said(each, said))


def _has_box(component: Component, boxes: list[str]) -> bool:
    names = [key(name) for name in (component.name, *component.aliases)]
    return any(name == box or _inside(name, box) for name in names for box in boxes)


def _is_said(component: Component, said: str) -> bool:
    names = [n for n in (component.name, *component.aliases) if key(n) not in _OF_PEOPLE]
    return any(_inside(name, said) for name in names)


def _inside(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
