"""Which words of a text are denied, and by which word. Pure.

A cue ("not", "without", "instead of") denies the words behind it in its clause; a dismissal
("... is overkill") those before it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trainer.grading.offline.splitting import Text
from trainer.grading.offline.stems import stem
from trainer.grading.offline.tokens import ARROW
from trainer.grading.offline.verbs import FILLERS, PRONOUNS, STRONG_VERBS
from trainer.grading.offline.word_lists import word_set


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens `first` up to `last` (not included) deny each token of `denies`."""

    first: int
    last: int
    denies: range


# How many words a cue reaches, within its clause.
_REACH: Final[Mapping[str, int]] = {
    **dict.fromkeys(("not", "never", "nor", "neither", "nobody", "hardly"), 14),
    **dict.fromkeys(("no", "zero"), 4),
    "non": 1,
    **dict.fromkeys(("without", "except", "excluding", "besides", "minus"), 6),
    **dict.fromkeys(map(stem, ("avoid", "skip", "stop", "drop", "ditch", "abandon", "reject")), 6),
    **dict.fromkeys(map(stem, ("refuse", "remove", "omit", "exclude", "doubt", "bypass")), 6),
}
_PHRASES: Final[Mapping[tuple[str, ...], int]] = {
    ("instead", "of"): 10,
    ("rather", "than"): 10,
    ("as", "oppose", "to"): 10,
    ("apart", "from"): 6,
    ("other", "than"): 6,
    ("get", "rid", "of"): 6,
    ("mistak", "to"): 14,
    ("wrong", "to"): 14,
    ("bad", "idea", "to"): 14,
    ("overkill", "to"): 14,
    ("forget", "about"): 6,
    ("no", "need"): 14,
    ("no", "reason"): 14,
    ("no", "point"): 14,
    ("nothing", "to"): 6,
    ("nothing", "fall"): 14,
}
# "not only", "no matter": nothing is denied.
_HARMLESS: Final = {
    "not": frozenset(["only", "merely", "necessarily", "sure"]),
    "no": word_set("problem issue matter doubt wonder trouble worry brainer sweat"),
}
# "cannot handle 150M writes": the verb is denied and what follows it is asserted all the same.
_INABILITY: Final = frozenset(
    stem(word)
    for word in word_set(
        "handle afford sustain cope absorb survive wait expect know lose forget miss mean "
        "care worry break overload block waste hurt scale fit manage notice free cheap enough "
        "remember ignore let stay"
    )
)
_DISMISSAL: Final = re.compile(
    r"\b(?:overkill|pointless|unnecessary|nonsense|unneeded|over-?engineer(?:ed|ing)"
    r"|not worth|not needed|not necessary|not required|not justified|not important"
    r"|not (?:an option|a good idea|make sense|makes sense|scale|work|help|fly|apply|matter)"
    r"|makes? no sense|no sense|bad idea|terrible idea|out of scope|a mistake|waste of"
    r"|(?:is|are|be) (?:in )?the wrong (?:direction|move|approach|cure|end|answer)|wrong way"
    r"|not (?:viable|feasible|possible|acceptable|realistic|sustainable)"
    r"|out of the question|off the table|a waste|would (?:only |just )?(?:hurt|harm|ruin|kill"
    r"|worsen)"
    r"|not an? \w+ (?:that )?(?:i|we) (?:would|will)(?! not| never)"
    r"|(?:not )?something (?:that )?(?:i|we) (?:would|will|do|am|are) (?:avoid|not|never|reject"
    r"|do|want)"
    r"|infeasible|unsustainable|impossible)\b"
)
_AGAIN: Final = frozenset(("not", "no", "never", "nor", "neither", "without"))
_ACTS: Final = frozenset(
    stem(word)
    for word in word_set(
        "avoid skip stop drop ditch abandon reject refuse remove omit exclude bypass"
    )
)
_DROPPED_INTO: Final = word_set("it them onto into to in on off")
_OPINIONS: Final = frozenset(map(stem, word_set("think believe buy agree true")))
_STOPS: Final = re.compile(r"[,:;(]")
# "We do nothing at write time".
_WHEN: Final = word_set("at on upon before during")
_CONDITIONS: Final = word_set("if when whenever once should")
_WE: Final = word_set("we i you")


def cues(text: Text) -> list[Cue]:
    """Every cue and dismissal of a text, in order."""
    found: list[Cue] = []
    for start, end in text.clause_spans:
        found += _before(text, start, end)
        found += _behind(text, start, end)
    return found


def _before(text: Text, start: int, end: int) -> Iterator[Cue]:
    at = start
    while at < end:
        reach, length = _cue_at(text, at, end)
        if reach and not _harmless(text, at, length, end):
            first = at + length
            last = min(end, first + reach)
            if text.tokens[first].forms[0] in _OPINIONS:
                last = _whole(text, end)
            acts = text.tokens[at].forms[0] in _ACTS
            stop = _stop(text, first, last, acts)
            yield Cue(at, first, range(first, _main_clause(text, start, first, stop)))
        at += max(length, 1)


def _main_clause(text: Text, start: int, first: int, last: int) -> int:
    """Where a condition's cue ends: "when that does not work | we ask the small model"."""
    opening = [text.tokens[at].text for at in range(start, min(start + 2, first))]
    if not _CONDITIONS.intersection(opening):
        return last
    for at in range(first + 1, last):
        before = text.tokens[at - 1]
        thought = before.forms[0] in _OPINIONS or before.text in ("that", "what", "people", "who")
        if text.tokens[at].text in _WE and not thought:
            return at
    return last


def _whole(text: Text, end: int) -> int:
    """The end of the sentence, up to which an opinion reaches: "I don't think that ... and ..." """
    last = text.sentences[text.sentence_of[end - 1]].last
    while end < last and text.tokens[end].text in ("and", "or"):
        end = text.clause_spans[text.clause_of[end]][1]
    return end


def _cue_at(text: Text, at: int, end: int) -> tuple[int, int]:
    """The reach of the cue that begins here, and its length in tokens; 0 for none."""
    form = text.tokens[at].forms[0]
    for phrase, reach in _PHRASES.items():
        if (
            phrase[0] == form
            and at + len(phrase) <= end
            and all(word in text.tokens[at + place].forms for place, word in enumerate(phrase))
        ):
            return reach, len(phrase)
    if form == "nothing" and at + 1 < end and text.tokens[at + 1].text in _WHEN:
        return 6, 1
    return _REACH.get(form, 0), 1


def _harmless(text: Text, at: int, length: int, end: int) -> bool:
    """Whether the cue denies nothing: "not only", "or not", "No, ...", "cannot keep up with"."""
    form = text.tokens[at].forms[0]
    behind = at + length
    if behind >= end:
        return True
    gap = text.lower[text.tokens[behind - 1].end : text.tokens[behind].start]
    if _STOPS.search(gap):
        return True  # "No, ...", "for giants we don't: ..."
    following = text.tokens[behind].forms[0]
    if following in _HARMLESS.get(form, frozenset()) and not (
        form == "no" and following == "longer"
    ):
        return True
    before = text.tokens[at - 1].text if at else ""
    if form == "nobody" and before in ("some", "a", "the", "this", "that"):
        return True
    if form == "drop" and following in _DROPPED_INTO:
        return True
    if form == "not" and before in ("or", "if", "why"):
        return True
    near = [text.tokens[place].forms[0] for place in range(behind, min(end, behind + 2))]
    return form in ("not", "never", "no") and _inability(near)


def _inability(near: list[str]) -> bool:
    words = [word for word in near if word not in FILLERS]
    return bool(words) and (words[0] in _INABILITY or words[:2] == ["keep", "up"])


def _stop(text: Text, first: int, last: int, acts: bool) -> int:
    """A cue's reach ends at an arrow, and behind its first word at a comma, a colon or another
    cue. That of a verb ("stop") ends where the next thing is done: "stop copying and pull"."""
    for at in range(first, last):
        if ARROW in text.tokens[at].forms:
            return at
        if at > first:
            if text.tokens[at].forms[0] in _AGAIN:
                return at
            if acts and _done_next(text, at):
                return at
            gap = text.lower[text.tokens[at - 1].end : text.tokens[at].start]
            if _STOPS.search(gap) and text.tokens[at].text not in ("or", "nor"):
                return at
    return last


def _done_next(text: Text, at: int) -> bool:
    token = text.tokens[at]
    finite = token.text in PRONOUNS or any(form in STRONG_VERBS for form in token.forms)
    return finite or token.text in ("and", "then", "until", "when", "if", "once")


def _behind(text: Text, start: int, end: int) -> Iterator[Cue]:
    """ "Pushing to everybody is overkill." A dismissal denies the whole clause before it."""
    words = [text.tokens[at].text for at in range(start, end)]
    line = " ".join(words)
    for match in _DISMISSAL.finditer(line):
        first = start + line[: match.start()].count(" ")
        last = first + match.group().count(" ") + 1
        if first > start:
            yield Cue(first, last, range(_subject(text, start), first))
    if start and text.tokens[start].text in ("no", "nope", "nah") and _alone(text, start, end):
        before = text.clause_spans[text.clause_of[start] - 1]
        if text.sentence_of[before[0]] == text.sentence_of[start]:
            yield Cue(start, start + 1, range(*before))


def _subject(text: Text, start: int) -> int:
    """Where what is dismissed begins: "Keeping them apart | and merging them is overkill"."""
    while start and text.tokens[start].text in ("and", "or", "while"):
        before = text.clause_spans[text.clause_of[start] - 1][0]
        if text.sentence_of[before] != text.sentence_of[start]:
            break
        if _DISMISSAL.search(" ".join(text.tokens[at].text for at in range(before, start))):
            break  # it is dismissed by itself, and twice denied would be said
        start = before
    return start


def _alone(text: Text, at: int, end: int) -> bool:
    """ "Old timelines - no, they confuse people": a no with a stop behind it."""
    if at + 1 >= end:
        return True
    return bool(_STOPS.search(text.lower[text.tokens[at].end : text.tokens[at + 1].start]))
