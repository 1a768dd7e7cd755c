"""Where the clauses of a sentence begin. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from trainer.grading.offline.tokens import ARROW, Token
from trainer.grading.offline.verbs import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
)
from trainer.grading.offline.word_lists import word_set

_HARD: Final = re.compile(r"[;—|…]|\s-+\s|\s/\s|\.\.|[.!?]\s")
_SPLITTING: Final = word_set("but while whereas because since so although though unless otherwise")
_ADDING: Final = frozenset(["and", "or", "plus", "then"])


def clause_starts(text: str, tokens: Sequence[Token]) -> list[int]:
    """The places in `tokens` (one sentence) at which a clause begins; 0 is the first."""
    segments = _segments(text, tokens)
    starts: list[int] = []
    for place, (begin, _, hard) in enumerate(segments):
        if not starts or hard or not _continues(text, tokens, segments, place):
            starts.append(begin)
    return starts


def _segments(text: str, tokens: Sequence[Token]) -> list[tuple[int, int, bool]]:
    """Cut at every comma, stronger sign and joining word: begin, end, and whether hard."""
    cuts: list[tuple[int, bool]] = [(0, True)]
    for at in range(1, len(tokens)):
        gap = text[tokens[at - 1].end : tokens[at].start]
        word = tokens[at].text
        if _HARD.search(gap) or word in _SPLITTING:
            cuts.append((at, True))
        elif "," in gap:
            cuts.append((at, False))
        elif word in _ADDING and _verb_soon(tokens, at + 1):
            cuts.append((at, True))
    ends = [cut[0] for cut in cuts[1:]] + [len(tokens)]
    return [(begin, end, hard) for (begin, hard), end in zip(cuts, ends, strict=True)]


def _verb_soon(tokens: Sequence[Token], at: int) -> bool:
    """A subject next, a verb among the next two words, or a form of "to be" among the next four:
    "and the others are pulled"."""
    ahead = tokens[at : at + 4]
    if ahead and ahead[0].text in PRONOUNS:
        return True
    finite = any(form in AUXILIARIES for token in ahead for form in token.forms)
    return finite or any(is_verb(token) for token in ahead[:2])


def is_verb(token: Token) -> bool:
    return any(form in VERBS for form in token.forms)


def _continues(
    text: str, tokens: Sequence[Token], segments: Sequence[tuple[int, int, bool]], place: int
) -> bool:
    """Whether a part after a comma still belongs to the clause before it."""
    begin, end, _ = segments[place]
    before = segments[place - 1]
    if _opening(tokens[before[0] : before[1]]):
        return True  # "For celebrities, | we pull"
    part = tokens[begin:end]
    if all(token.text in FILLERS for token in part):
        return True
    if _opening(part) and place + 1 < len(segments):
        return False  # it opens the next one: "push, | above that, | pull"
    first = part[0].text
    if first in PRONOUNS or first in CONJUNCTIONS or ":" in text[part[0].start : part[-1].end]:
        return False
    if _for(part) and _for(tokens[before[0] : before[1]]):
        return False  # "eager copies for most, | lazy ones for the famous"
    return not any(is_verb(token) or ARROW in token.forms for token in part)


def _for(part: Sequence[Token]) -> bool:
    return any(token.text == "for" for token in part)


def _opening(part: Sequence[Token]) -> bool:
    """A phrase that leads in what follows: it begins with a preposition and has no verb."""
    if part[0].text not in PREPOSITIONS and part[0].text not in ("if", "when", "once"):
        return False
    return len(part) <= 8 and (
        part[0].text in ("if", "when", "once")
        or not any(is_verb(token) and token.text not in DETERMINERS for token in part)
    )
