"""The sentences of a message that ask something, and their clauses."""

import re

MOST_QUESTIONS = 20  # of one message: matching runs under the interview's lock
MOST_CLAUSES = 6  # of a sentence, compared one by one

_OPENERS = (
    "what|whats|what's|how|hows|how's|who|when|where|why|which|should|shall|is|are|am|do|does|did|"
    "can|could|would|will|may|might|any|must|has|have|was"
)
_LEADS = "and|so|also|ok|okay|well|but|um|uh|like"
_SPLIT = re.compile(
    rf"(?<=[.?!;])\s+|\n+|,?\s+(?:and|also|plus|then)\s+(?=(?:{_OPENERS})\b)", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")  # long runs of it would make _SPLIT quadratic
_ASKS = re.compile(
    # A colon too: "Two questions: how many users, and is it global?" is split at the "and".
    rf"\?\s*$|(?:^|:\s)(?:(?:{_LEADS})[,\s]+)*(?:{_OPENERS})\b"
    r"|\b(?:i wonder|wondering|tell me|let me know|i'd like to (?:know|ask|clarify)|can i assume|"
    r"clarify)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:those|these|them)\b[^.;]{0,20}\?$", re.IGNORECASE)
_CLAUSE = re.compile(r"\s-+\s|[,:;()\u2013\u2014]")  # with the dashes that phones set


def questions_in(text: str) -> list[str]:
    """The sentences of `text` that ask something, each once; the first 20 of them."""
    lines = _SPACE.sub(lambda space: "\n" if "\n" in space.group() else " ", text)
    parts = [part for part in map(str.strip, _SPLIT.split(lines)) if part]
    asking = dict.fromkeys(
        _with_what_it_points_to(before, part)
        for before, part in zip(["", *parts], parts, strict=False)
        if _ASKS.search(part)
    )
    return list(asking)[:MOST_QUESTIONS]


def _with_what_it_points_to(before: str, part: str) -> str:
    """What "those" are stands in the sentence before: "Some have 100M fans. What of those?"."""
    if before and _POINTS_BACK.search(part) and not _ASKS.search(before):
        return f"{before} {part}"
    return part


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, the first 6: who thinks aloud ("Before I draw, how many users?")
    asks in one of them."""
    return _CLAUSE.split(sentence)[:MOST_CLAUSES]
