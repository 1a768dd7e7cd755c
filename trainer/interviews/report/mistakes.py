"""The common mistakes: those of which the candidate's text says nothing, and the others. Pure.

This is a search for words, not a judgement: who uses the word may still have made the mistake.
"""

import re
from dataclasses import dataclass

from trainer.catalog.schema import Mistake, Pack
from trainer.grading.attempts import Words
from trainer.interviews.report.evidence import all_words
from trainer.interviews.state import State

WHOLE = 5  # phases of an interview with room for all of it
AROUND = 80  # characters shown before and after a word that was found


@dataclass(frozen=True, slots=True)
class Quote:
    """`word` as it stands in the candidate's text, with what is around it."""

    words: Words
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A mistake, and the first place in the candidate's text that has to do with it."""

    mistake: Mistake
    quote: Quote


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All mistakes of the pack, each list in its order. `short`: the interview had fewer than the
    five phases, and so no room for most of them."""

    unmentioned: tuple[Mistake, ...]
    touched: tuple[Touched, ...]
    short: bool


def mistakes_to_look_at(state: State, pack: Pack) -> Mistakes:
    """The pack's mistakes, by whether a word about them was found."""
    texts = all_words(state)
    found = [(mistake, _find(mistake, texts)) for mistake in pack.mistakes]
    return Mistakes(
        unmentioned=tuple(mistake for mistake, quote in found if quote is None),
        touched=tuple(Touched(mistake, quote) for mistake, quote in found if quote),
        short=len(state.plan.phases) < WHOLE,
    )


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
