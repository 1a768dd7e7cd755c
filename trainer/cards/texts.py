"""The words of one's own cards, as they are kept."""

import re
from typing import Final

from trainer.cards.models import TEXT_LIMIT

# What neither Postgres nor a page can hold.
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# The signs that bold, code, lists and HTML are written with. Each stays in its line or stops at the
# next sign, so that a text is gone through once. What else stands in <> is the person's own words.
_BLANK: Final = re.compile(r"</?(?:br|p|div|ul|ol|li|pre|blockquote)(?: [^<>]*)?/?>")
_SIGNS: Final = re.compile(
    r"\*\*|`|</?(?:a|b|i|u|em|strong|code|span|sub|sup)(?: [^<>]*)?>|^[ \t]*[-*][ \t]+",
    re.MULTILINE,
)


def glance(text: str) -> str:
    """A side in one line, without the signs of its Markdown and HTML. Not safe: escape it."""
    return " ".join(_SIGNS.sub("", _BLANK.sub(" ", text)).split()) or text


def side(text: str, name: str) -> str:
    """The text of a side (`name`: front, back), with one kind of line end and no space around it.

    Raises ValueError, with the remedy, for a side that is empty, too long, or holds characters that
    are no text.
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not kept:
        raise ValueError(f"The {name} is empty. Write something on it.")
    if unfit := _UNFIT.search(kept):
        code = f"U+{ord(unfit.group()):04X}"
        raise ValueError(f"The {name} holds a character that is no text ({code}). Take it out.")
    if len(kept) > TEXT_LIMIT:
        raise ValueError(
            f"The {name} has {len(kept):,} characters, over {TEXT_LIMIT:,}. Make two cards of it."
        )
    return kept
