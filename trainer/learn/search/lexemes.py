"""What of a text can be found: the same for what is indexed and for what is asked. Pure."""

import re
import unicodedata
from typing import Final

# Postgres's parser takes "tweets/day" for a path, "a.b" for a host and "<b>" for markup, and hides
# the words in them; "1.5" and "3.3T" stay whole.
_HIDING: Final = re.compile(r"[/<>@_~\\]|(?<=[a-z])\.(?=[a-z])", re.IGNORECASE)
_COMPOUND: Final = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LEAST: Final = 3  # letters; shorter ones are too alike to be guessed
WORD_MAX: Final = 60


def findable(text: str) -> str:
    """`text` without accents and without signs that would hide its words."""
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return _HIDING.sub(" ", bare)


def joined_compounds(text: str) -> str:
    """The words with hyphens in `text` written as one: `fan-out` is also asked for as `fanout`."""
    return " ".join(found.group().replace("-", "") for found in _COMPOUND.finditer(text))


def words(text: str) -> set[str]:
    """The words of `text` that a mistyped one may have meant, in lower case."""
    found = _WORD.findall(findable(text).lower())
    return {word for word in found if _LEAST <= len(word) <= WORD_MAX}
