"""Sentences that name a thing to wave it away: "Breakers? They went in the bin." Pure."""

import re
from collections.abc import Iterator
from typing import Final

from trainer.grading.offline.splitting import Sentence, Text

_WAVED_AWAY: Final = re.compile(
    r"\b(?:see no (?:point|reason|need|use|value|benefit)|no (?:point|benefit|use|value|need) "
    r"(?:in|that|for)|(?:is|are|was|isn't|there's)(?: not|n't)? any (?:need|point|reason)"
    r"|(?:took|taken|take|threw|thrown) (?:it|that|them|this|those|our [\w ]{1,40}) "
    r"(?:out|away|down)|reverted (?:it|that|them)|hated it|(?:went|goes|go) in(?:to)? the bin"
    r"|find (?:it|that|this|them) (?:a )?(?:waste|silly|pointless|useless|overrated)"
    r"|i(?:'d| would) (?:rather (?:not|avoid|skip|do without|go without)|drop|leave out"
    r"|leave [\w -]{1,40} out|fight against|skip)"
    r"|(?:we|i) (?:run|live|do|get by|manage) without|refuse to|hardly (?:a problem|bother|matter)"
    r"|(?:is|are|was|were) (?:just |only |merely |pure |an? )*(?:(?:vendor|conference|industry"
    r"|old) )?(?:myth|theatre|theater|decoration|anecdote|fad|fashion|hype|folklore|legend"
    r"|superstition|marketing|gimmick|luxury(?! (?:we|i) (?:can|want))|distraction"
    r"|excuse for|oversold|overrated"
    r"|irrelevant|elitist|useless|harmful|snake oil)"
    r"|(?:see|saw|find|found) (?:nothing|little|no (?:sense|merit)) in"
    r"|(?:gave|brought|caused|got|cost) (?:me|us) (?:only|nothing but|little but|just)"
    r"|so (?:not|no|none of) (?:those|that|them|it|this|these)(?=\W*$)"
    r"|talk (?:\w+ ){1,4}out of|delet(?:ed|ing) (?:it|them|both|all (?:of|three|four))"
    r"|(?:, |(?:i|we|and) )(?:did not|didn't|do not|don't|never) miss(?:ed)?"
    r" (?:it|them|that|those|any)(?=\W*$)"
    r"|(?:can't|cannot|can not|wouldn't|would not) (?:recommend|be bothered|bother|look at)"
    r"|worse than (?:none|nothing)|never (?:needed|missed|saw the point)|who cares|please don't"
    r"|not for (?:me|us)|no thanks|absolutely not|better things to do|let them pile up"
    r"|postponed until|hides? (?:bugs|problems)|came away unconvinced|not our job"
    r"|(?:switched|turned) (?:it|them|that) off|cancelled (?:it|them|that)|not worth aiming"
    r"|can't be bothered|doesn't change a thing|scares? nobody|solving something nobody has)\b"
)
_COMMENT: Final = re.compile(
    r"^[^:?]{3,60}[:?]\s+(?:tried it|hated|who cares|please don't|overkill|nah\b|nope\b|no\b"
    r"|never\b|none\b|not (?:for|our|worth|needed)|unnecessary|cancelled|skip\b|skipped|ditto"
    r"|irrelevant|elitist|absolutely not|made-up|far too|false positives|can't be|nobody|no thanks"
    r"|waste|pointless|postponed|you can't|don't\b|i(?:'d| would) (?:rather )?n(?:ot|ever))"
)
_AFTER_A_QUESTION: Final = re.compile(
    r"^\W*(?:no|nope|nah|never|refuse|hardly|we (?:tried|had) (?:it|that|them)|i (?:see no|don't"
    r"|wouldn't|refuse|disagree)|not (?:for|worth|needed)|overkill|pointless|please don't"
    r"|who cares|without (?:it|them|that|those|one)\b)"
)
# "We run without them.", "I can't recommend any of that.": of what the sentence before names.
_OF_WHAT_WAS_SAID: Final = re.compile(
    r"^\W*(?:(?:we|i|you) )?(?:(?:run|live|do|get by|manage|go)(?: (?:fine|well|better|happily))?"
    r" without|(?:can't|cannot|can not|couldn't|wouldn't|would not|won't) (?:recommend|justify"
    r"|defend|endorse|support|bother with)|refuse|want none of|had [\w ,]{1,40}(?:deleted|dropped"
    r"|removed|scrapped))\b.{0,30}?\b(?:it|them|that|those|this|these|both|all three|of the lot)"
    r"(?: (?:all|either|here|anyway|fine))*\W*$"
)


def dismissed(text: Text) -> Iterator[tuple[int, int]]:
    """First and last token of each sentence that is waved away, with the question before it."""
    for number, each in enumerate(text.sentences):
        line = _line(text, each)
        waved = bool(_WAVED_AWAY.search(line))
        if waved or _COMMENT.match(line):
            yield each.first, each.last
        before = text.sentences[number - 1] if number else None
        if before is None:
            continue
        answered = before.asks and (waved or _AFTER_A_QUESTION.match(line))
        same = before.paragraph == each.paragraph
        if answered or (same and _OF_WHAT_WAS_SAID.match(line)):
            yield before.first, before.last


def _line(text: Text, each: Sentence) -> str:
    return text.lower[each.start : each.end]
