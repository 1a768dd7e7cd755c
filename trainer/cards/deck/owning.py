"""What the modules that make cards share: where a card is explained, and how it is tagged. Pure."""

from typing import Final

from trainer.cards.deck.card import Kind, Topic

# The slug of the page of a topic, where the two are not the same word.
_PAGES: Final[dict[Topic, str]] = {"clarify": "clarifying-questions"}


def about(pack: str, topic: Topic, anchor: str = "") -> str:
    """The path of the page that explains a topic of `pack`, at `anchor`."""
    path = f"/learn/{pack}/{_PAGES.get(topic, topic)}/"
    return f"{path}#{anchor}" if anchor else path


def about_number(pack: str, slug: str) -> str:
    """The path of the page of one number."""
    return f"/learn/{pack}/numbers/{slug}/"


def tags(topic: Topic, kind: Kind, status: str = "", *, is_key: bool = False) -> tuple[str, ...]:
    """The tags of a card, each once: topic, kind, status, and `key` on the key numbers."""
    named = (topic, kind, status, "key" if is_key else "")
    return tuple(dict.fromkeys(tag for tag in named if tag))
