"""Tags of one's own: words without spaces, as Anki has them."""

import re
from collections.abc import Iterable

from trainer.cards.models import MOST_TAGS, TAG_LENGTH

_BETWEEN = re.compile(r"[\s,;]+")


def split_tags(text: str) -> tuple[str, ...]:
    """The tags of a text: between them stand spaces, commas or semicolons. Each once, in order.

    Raises ValueError for more than MOST_TAGS, or one of over TAG_LENGTH characters or of signs
    that cannot be seen.
    """
    return checked_tags(_BETWEEN.split(text))


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The same of tags that are apart already; a space within one becomes a hyphen."""
    found = tuple(dict.fromkeys(_BETWEEN.sub("-", tag.strip(" ,;\t\r\n")) for tag in tags))
    kept = tuple(tag for tag in found if tag)
    if len(kept) > MOST_TAGS:
        raise ValueError(f"A card has at most {MOST_TAGS} tags; this one has {len(kept)}.")
    for tag in kept:
        if not tag.isprintable():
            raise ValueError(f"The tag {tag[:TAG_LENGTH]!r} holds a sign that cannot be seen.")
        if len(tag) > TAG_LENGTH:
            raise ValueError(
                f"A tag has at most {TAG_LENGTH} characters; “{tag[:TAG_LENGTH]}…” has {len(tag)}."
            )
    return kept
