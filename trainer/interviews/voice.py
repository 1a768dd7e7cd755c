"""How a line of the content becomes a line of the interviewer. Pure."""

from trainer.catalog.numbers import render
from trainer.catalog.schema import Pack
from trainer.interviews.events import Replied


def speak(pack: Pack, name: str, text: str, to: int = 0) -> Replied:
    """The line `name` of the content, its numbers filled in."""
    return Replied(name, render(text, lambda slug: pack.ledger[slug].text), to=to)
