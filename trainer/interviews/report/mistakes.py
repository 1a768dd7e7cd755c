"""The common mistakes, those first that nothing in the candidate's text speaks against. Pure.

This is a search for words, not a judgement: who uses the word may still have made the mistake.
"""

import re
from dataclasses import dataclass

from trainer.catalog.schema import Mistake, Pack
from trainer.interviews.report.evidence import Words, all_words
from trainer.interviews.state import State

AROUND = 80  # characters shown before and after a word that was found


@dataclass(frozen=True, slots=True)
class Quote:
    """`word` as it stands in the candidate's text, with what is around it."""

    words: Words
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A mistake, and the first place in the candidate's text that speaks against it, if any."""

    mistake: Mistake
    quote: Quote | None


def mistakes_to_look_at(state: State, pack: Pack) -> tuple[Looked, ...]:
    """All mistakes: first those for which no word was found, each part in the pack's order."""
    texts = all_words(state)
    looked = [Looked(mistake, _find(mistake, texts)) for mistake in pack.mistakes]
    return tuple(sorted(looked, key=lambda each: each.quote is not None))


def _find(mistake: Mistake, texts: tuple[Words, ...]) -> Quote | None:
    any_word = "|".join(re.escape(word) for word in mistake.clears)
    pattern = re.compile(rf"(?<!\w)(?:{any_word})(?!\w)", re.IGNORECASE)
    for words in texts:
        match = pattern.search(words.text)
        if match:
            return _quote(words, match.start(), match.end())
    return None


def _quote(words: Words, start: int, end: int) -> Quote:
    text = words.text
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    before, after = text[first:start], text[end:last]
    if first:  # begin and end with a whole word
        before = "… " + (before.partition(" ")[2] or before)
    if last < len(text):
        after = (after.rpartition(" ")[0] or after) + " …"
    return Quote(words, before, text[start:end], after)
