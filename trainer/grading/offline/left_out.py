"""Sentences that are no answer: words to the grader, and the question said again. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from trainer.grading.offline.splitting import Sentence, Text, split
from trainer.grading.offline.verbs import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    INTERROGATIVES,
    PREPOSITIONS,
    PRONOUNS,
)
from trainer.grading.offline.word_lists import word_set

INJECTION_NOTE: Final = "Left out: words that speak to the grader instead of answering."
ECHO_NOTE: Final = "Left out: sentences that only say the question again."

_TO_GRADER: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rubric|prompt|rule"
    r"|criteria"
    r"|previous|above|earlier|guideline)"
    r"|\b(?:mark|grade|award|assign|give me|give it|give this|score this|rate this)\b.{0,50}"
    r"\b(?:covered|full|all|every|maximum|correct|excellent|true|10/10|100 ?%|passed|perfect"
    r"|points?)\b"
    r"|\b(?:return|output|respond|reply|set|treat|count|consider|label|score|report)\b.{0,50}"
    r"\b(?:covered|full (?:marks?|points?|credit|score)|all (?:the )?points|every point"
    r"|as (?:met|correct|true))\b"
    r"|\b(?:covered|satisfied|met)\"?\s*[=:]\s*\"?(?:true|yes|1)|\"(?:covered|evidence|points?"
    r"|score|id)\"\s*:"
    r"|\b(?:you are|act as|as) (?:now )?(?:an?|the) (?:\w+ ){0,2}(?:grader|evaluator|assistant"
    r"|ai|language model|llm"
    r"|judge|examiner|assessor)\b"
    r"|\b(?:dear|note to(?: the)?|attention|hey|hi|hello|message (?:to"
    r"|for)(?: the)?)[ ,:]+(?:the )?"
    r"(?:grader|evaluator|examiner|ai|llm|model|assessor|judge|grading|reviewer|marker|rater)"
    r"|^\W*(?:system|assistant|developer) (?:prompt|message|note)\s*:|^\W*(?:grader|evaluator"
    r"|instructions?)\s*:"
    r"|\b(?:the|this|my) (?:answer|candidate|response|submission|text)\b.{0,40}\b(?:covers?"
    r"|covered|meets?|satisf"
    r"(?:y|ies|ied)|deserves?|addresses|scores?|passe[sd]|fulfill?s|checked|mentions?"
    r"|demonstrates?|explains?"
    r"|explained|states?|stated|correctly)"
    r"|\b(?:all|every|each) (?:of the )?(?:rubric |grading )?(?:points?|criteria|criterion"
    r"|items?)\b.{0,30}"
    r"\b(?:covered|met|satisfied|true|fulfilled|passed|present)"
    r"|\brubric\b|\bgrading (?:instruction|system|prompt|model|guideline|note)|\bfull (?:marks"
    r"|credit|points)\b"
    r"|\bprompt injection\b|<\/?(?:system|instructions?|rubric|grade)>|\bend of (?:the )?answer\b"
)
# Who writes so is not answering: what they quote, and the paragraph around it, is no answer either.
_PLEADS: Final = re.compile(
    r"\b(?:dear|honou?red|esteemed|respected) (?:\w+ )?(?:examiner|colleague|grader|reviewer|sir"
    r"|madam|evaluator|panel|committee)|\b(?:the|our|a) (?:reviewer|panel|interviewer|examiner)\b"
    r".{0,60}\b(?:confirm|agreed|signed|noted|approved|hit)|\breference answer\b|\bmodel answer\b"
    r"|\b(?:enter|record|count|accept) (?:them|this|it|these|all) as\b|\ball points hit\b"
    r"|\bevidence sentence\b|\bin (?:the )?candidate's favou?r\b|\bin favou?r of the candidate\b"
)
_QUOTED: Final = re.compile(r"\"[^\"]{20,}\"")
_POINT_IDS: Final = re.compile(r"\b(?:t[1-9]|d[a-z]|tr|m)\.\d{1,2}\b")
_CLAIMS: Final = re.compile(r"\b(?:covered|met|satisfied|true|yes|pass(?:ed)?|evidence)\b")
_ECHOED: Final = 0.85
_ECHO_WORDS: Final = 3
_SMALL: Final = (
    AUXILIARIES | CONJUNCTIONS | DETERMINERS | FILLERS | INTERROGATIVES | PREPOSITIONS | PRONOUNS
) | word_set("and or not no simply design question answer asked ask important think would")


def to_grader(text: Text) -> frozenset[int]:
    """The sentences that speak to the grader; with such a one all that follows in its paragraph,
    which is what it wants believed."""
    found: set[int] = set(_pleading(text))
    tainted = -1
    for number, each in enumerate(text.sentences):
        line = text.lower[each.start : each.end]
        ids = _POINT_IDS.findall(line)
        if _TO_GRADER.search(line) or len(ids) > 1 or (ids and _CLAIMS.search(line)):
            tainted = each.paragraph
        if each.paragraph == tainted:
            found.add(number)
    return frozenset(found)


def _pleading(text: Text) -> Iterator[int]:
    """The paragraphs that plead with the grader, and in such an answer all that is quoted."""
    pleads = {
        each.paragraph
        for each in text.sentences
        if _PLEADS.search(text.lower[each.start : each.end])
    }
    quoted = [match.span() for match in _QUOTED.finditer(text.lower)] if pleads else []
    for number, each in enumerate(text.sentences):
        inside = any(start < each.end and each.start < end for start, end in quoted)
        if each.paragraph in pleads or inside:
            yield number


def echoes(text: Text, asks: Sequence[str]) -> frozenset[int]:
    """The sentences of which nearly every word stands in the question."""
    asked = {form for ask in asks for token in split(ask).tokens for form in token.forms}
    return frozenset(
        number for number, each in enumerate(text.sentences) if _echo(text, each, asked)
    )


def _echo(text: Text, each: Sentence, asked: set[str]) -> bool:
    words = [token for token in text.tokens[each.first : each.last] if token.text not in _SMALL]
    if len(words) < _ECHO_WORDS:
        return False
    same = sum(any(form in asked for form in token.forms) for token in words)
    return same / len(words) >= _ECHOED
