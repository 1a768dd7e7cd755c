"""What a tweet can make trend: its hashtags. Pure.

Two spellings of one tag are one term: compatibility forms and case are folded away (Unicode's
caseless matching for identifiers: NFKC, casefold, NFKC again).
"""

import unicodedata
from itertools import takewhile

TERMS_A_TWEET = 10  # more is tag stuffing: who lists fifty tags shall not count in fifty trends
TERM_LENGTH = 50  # characters after folding; the column `term` holds 60
JOINERS = "_\u200c\u200d"  # the zero-width ones spell Persian and Indic words


def terms(text: str) -> tuple[str, ...]:
    """The hashtags of `text` without their #, folded, each once, in order; at most TERMS_A_TWEET.

    A tag begins where no word, link or HTML entity goes on, has a letter in it, and is left out
    (not cut, which would make another tag of it) when longer than TERM_LENGTH.
    """
    if "#" not in text and "\uff03" not in text:  # most texts: no folding for them
        return ()
    folded = folded_case(text)
    found: dict[str, None] = {}
    for start, sign in enumerate(folded):
        if sign == "#" and _begins(folded, start):
            found.setdefault(_word(folded, start + 1))
    whole = [term for term in found if any(map(str.isalpha, term)) and len(term) <= TERM_LENGTH]
    return tuple(whole[:TERMS_A_TWEET])


def folded_case(text: str) -> str:
    """`text` as terms are spelled."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _begins(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not before or not (_in_word(before) or before in "#&/")


def _word(text: str, start: int) -> str:
    """The word at `start`, longer than allowed by a character or more where it is too long."""
    word = "".join(takewhile(_in_word, text[start : start + 2 * TERM_LENGTH]))
    return word.rstrip("\u200c\u200d")


def _in_word(character: str) -> bool:
    """Letters and digits of any script, the marks that belong to them, and joiners."""
    return (
        character.isalnum()
        or character in JOINERS
        or unicodedata.category(character).startswith("M")
    )
