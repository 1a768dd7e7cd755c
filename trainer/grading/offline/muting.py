"""Words that assert nothing: struck out, rejected, only asked, only listed. Pure."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, Literal

from trainer.grading.offline.clauses import is_verb
from trainer.grading.offline.dismissing import dismissed
from trainer.grading.offline.numbers import UNITS
from trainer.grading.offline.splitting import Sentence, Text
from trainer.grading.offline.tokens import ARROW
from trainer.grading.offline.verbs import (
    DETERMINERS,
    INTERROGATIVES,
    PREPOSITIONS,
    PRONOUNS,
    STRONG_VERBS,
)
from trainer.grading.offline.word_lists import word_set

Mute = Literal["", "struck out", "rejected", "asked", "listed", "left out"]

_HYPOTHETICAL: Final = re.compile(
    r"\b(?:some(?: people| folks| of them| would| will| might| candidates)? (?:will |would "
    r"|might |may )?"
    r"(?:say|tell|suggest|argue|propose|claim|think)|people (?:usually |often |always )?(?:say"
    r"|assume|think"
    r"|suggest|argue|who talk)|one (?:could|might|can|may|would) |textbook|the (?:usual"
    r"|standard|typical|"
    r"obvious|common|naive|classic) (?:answer|advice|suggestion|solution|proposal)|in theory"
    r"|you'd think"
    r"|you (?:might|could|would) (?:think|say|argue|be tempted)|if we (?:did|had to|were to"
    r"|really had)"
    r"|i was going to say|i'?ve (?:heard|read)|they (?:say|told|tell|teach)|tempting"
    r"|sounds nice|we could"
    r"|i could|you could|usually say|another idea|the idea was|proposed|suggested)"
)
_REFUSAL: Final = re.compile(
    r"\b(?:(?:i|we)(?:'d| would| will| do| am|'m| are|'re| really| honestly)? (?:not|never"
    r"|reject|refuse"
    r"|disagree|wouldn't|won't|don't|skip|avoid|pass on|leave (?:that|it) out)|wouldn't(?: do)?"
    r"|i'd rather not"
    r"|don't buy|not (?:justified|worth|convinced)|over-?engineer(?:ing|ed)?|no thanks"
    r"|not for (?:me|us)"
    r"|not a fan|turned (?:it|that|this|them) down|dropped (?:it|that|this|both)|decided against"
    r"|(?:can't|cannot|couldn't) (?:recommend|agree|endorse|accept|justify)"
    r"|(?:have |has )?(?:never|nobody|not|no one)(?: has| have)? (?:found|seen|met|shown|produced)"
    r"(?: me| us)? (?:any |much |the )?(?:evidence|proof|data|numbers|bill|case)|no evidence"
    r"|ruled (?:it|that|this) out|rejected|gave (?:it|that|this) up|abandoned)"
)
# "I wouldn't do that": the sentence before it is taken back.
_TAKES_BACK: Final = re.compile(
    r"^(?:but |and |so |well,? |honestly,? |no,? |personally,? )*"
    r"(?:(?:i|we)(?:'d| would| will| do| really)? ?(?:wouldn't|won't|don't|not|never|reject"
    r"|refuse|disagree"
    r"|skip)(?: to)?(?: really)?(?: do| use| want| buy| like| go for| have| go with| recommend"
    r"| agree| believe"
    r"| need| with| bother with| in)*(?: that| this| it| one| either| any of (?:that|it|this)"
    r"| so| those| them)?"
    r"(?: (?:though|at all|here|too|either|way|myself|ever))*|(?:that|this|it)(?:'s| is"
    r"| would be) (?:wrong|a"
    r" mistake|nonsense|a bad idea|overkill|a trap)|(?:no|nope|wrong|nah))\s*[.!:,;]?$"
)
# Possible things are refused with a "but" only: "we could ..., so that I do not ..." stands.
_POSSIBLE: Final = re.compile(r"\b(?:we|i|you) could$|tempting$|sounds nice$")
_BUT: Final = re.compile(r"\b(?:but|though|however|yet|except)\b")
_OTHERS_SAY: Final = re.compile(
    r"\b(?:people|folks|many|most|some|others|they|candidates|everyone|textbooks?|you'll hear)\b"
    r".{0,40}\b(?:say|tell|suggest|argue|propose|claim|hear|recommend|answer)|you'll hear"
    r"|the usual (?:story|answer)|\b(?:most|many|some) (?:people|folks|candidates) would\b"
)
_DISAGREES: Final = re.compile(
    r"\b(?:i disagree|i don't buy (?:any|that|it|this)|none of (?:this|that|it)\b|not convinced"
    r"|i see it differently|i reject)"
)
# "..., so I wouldn't have one": what the sentence said before is taken back.
_CONCLUDED: Final = re.compile(
    r"\b(?:so|thus|therefore|hence|which is why) (?:i|we)(?:'d| would)? ?(?:wouldn't|won't|don't"
    r"|not|do not|will not) (?:have|do|use|want|bother|add|need|build|keep)"
    r"(?: (?:with |to )?(?:one|it|that|this|them|any|either|so))?(?: at all)?\s*[.;,!]?$"
)
_LISTED_FROM: Final = 3
_BARE_WORDS: Final = 4
_ASKED_WORDS: Final = 5
_CUT: Final = re.compile(r",|;|\.\s|\||\s/\s|\n|\s\+\s")
_PROSE: Final = PRONOUNS | word_set(
    "not no never because if when only more less fewer same lower higher faster slower "
    "bigger smaller too"
)


def muted(text: Text) -> list[Mute]:
    """Of each token, why it asserts nothing ("": it does)."""
    found: list[Mute] = [""] * len(text.tokens)
    for spans, why in ((_listed(text), "listed"), (_asked(text), "asked")):
        for first, last in spans:
            found[first:last] = [why] * (last - first)  # type: ignore[list-item]
    for first, last in chain(_rejected(text), dismissed(text)):
        found[first:last] = ["rejected"] * (last - first)
    for at in text.struck:
        found[at] = "struck out"
    return found


# -- rejected ----------------------------------------------------------------


def _rejected(text: Text) -> Iterator[tuple[int, int]]:
    for number, each in enumerate(text.sentences):
        line = text.lower[each.start : each.end]
        if number and _TAKES_BACK.match(line):
            before = text.sentences[number - 1]
            if _HYPOTHETICAL.search(text.lower[before.start : before.end]):
                yield before.first, before.last
        yield from _disagreed(text, number)
        concluded = _CONCLUDED.search(line)
        if concluded:
            yield each.first, _token_at(text, each, concluded.start())
        opening = _HYPOTHETICAL.search(line)
        if opening:
            yield from _refused(text, each, number, opening.end())


def _disagreed(text: Text, number: int) -> Iterator[tuple[int, int]]:
    """ "Most people would say ... And ... I disagree with all of that." takes back all between."""
    here = text.sentences[number]
    if not _DISAGREES.search(text.lower[here.start : here.end]):
        return
    for each in text.sentences[:number]:
        line = text.lower[each.start : each.end]
        if each.paragraph == here.paragraph and _OTHERS_SAY.search(line):
            yield each.first, here.first
            return


def _refused(text: Text, each: Sentence, number: int, said: int) -> Iterator[tuple[int, int]]:
    """The words of a hypothetical that is refused later in its sentence, or in the next one."""
    line = text.lower[each.start : each.end]
    refusal = _REFUSAL.search(line, said)
    possible = _POSSIBLE.search(line[:said])
    if refusal and (not possible or _BUT.search(line, said, refusal.end())):
        yield each.first, _token_at(text, each, refusal.start())
    elif not possible and not refusal and number + 1 < len(text.sentences):
        after = text.sentences[number + 1]
        if _REFUSAL.search(text.lower[after.start : after.end]):
            yield each.first, each.last


def _token_at(text: Text, each: Sentence, character: int) -> int:
    """The first token of a sentence from a character of it on."""
    tokens = range(each.first, each.last)
    end = each.start + character
    return next((at for at in tokens if text.tokens[at].start >= end), each.last)


# -- only asked --------------------------------------------------------------


def _asked(text: Text) -> Iterator[tuple[int, int]]:
    """Questions: a few words with a question mark ("geo spread?"), or a whole one ("why not ...?").
    Of a longer sentence only the last clause is asked."""
    for number, each in enumerate(text.sentences):
        if not each.asks or _answered(text, number):
            continue
        first = text.tokens[each.first].text
        last = max(each.first, _last_clause(text, each))
        if first in INTERROGATIVES and each.last - each.first > 2:
            yield each.first, each.last
        elif each.last - last <= _ASKED_WORDS and not _speaks(text, last, each.last):
            yield last, each.last


def _answered(text: Text, number: int) -> bool:
    """Why ...? Because ...: the question says what the answer explains."""
    if number + 1 >= len(text.sentences):
        return False
    first, after = (text.tokens[text.sentences[at].first].text for at in (number, number + 1))
    return first == "why" and after in ("because", "since", "as")


def _last_clause(text: Text, each: Sentence) -> int:
    return text.clause_spans[text.clause_of[each.last - 1]][0]


def _speaks(text: Text, first: int, last: int) -> bool:
    """Whether it is said in full words: "put it in the CDN?", "just use the quick one?"."""
    return any(text.tokens[at].text in PRONOUNS | DETERMINERS for at in range(first, last))


# -- only listed -------------------------------------------------------------


def _listed(text: Text) -> Iterator[tuple[int, int]]:
    """Runs of three or more bare fragments. One with a number beside a word ("kafka 50") or with
    a preposition may stand among them, but says too much to make a list."""
    run: list[tuple[int, int, bool]] = []
    for first, last, bare in _fragments(text):
        if bare:
            run.append((first, last, _half_says(text, first, last)))
            continue
        yield from _list(run)
        run = []
    yield from _list(run)


def _list(run: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    plain = sum(not half for _, _, half in run)
    if plain >= _LISTED_FROM and 3 * plain >= len(run):
        yield run[0][0], run[-1][1]


def _half_says(text: Text, first: int, last: int) -> bool:
    """Whether a fragment has a preposition, or a number and a word that is not just its unit."""
    if any(text.tokens[at].text in PREPOSITIONS for at in range(first, last)):
        return True
    numbers = [at for at in range(first, last) if text.tokens[at].number]
    return bool(numbers) and any(
        not text.tokens[at].number and text.tokens[at].text not in UNITS
        for at in range(first, last)
    )


def _fragments(text: Text) -> Iterator[tuple[int, int, bool]]:
    """First and last token of each, and whether it is bare; none is where all of a line's
    fragments say something ("kafka 50 / ingest 60")."""
    for each in text.sentences:
        parts = list(_parts(text, each))
        says = len(parts) > 1 and _says(text, *parts[0])
        says = says or all(_half_says(text, first, last) for first, last in parts)
        for first, last in parts:
            yield first, last, not says and _bare(text, first, last)


def _parts(text: Text, each: Sentence) -> Iterator[tuple[int, int]]:
    begin = each.first
    for at in range(each.first + 1, each.last):
        if _CUT.search(text.lower[text.tokens[at - 1].end : text.tokens[at].start] + " "):
            yield begin, at
            begin = at
    yield begin, each.last


def _says(text: Text, first: int, last: int) -> bool:
    """A clause or a heading, of which the rest of the sentence is a part."""
    end = text.tokens[last].start if last < len(text.tokens) else len(text.lower)
    if ":" in text.lower[text.tokens[first].start : end]:
        return True
    return any(_relates(text, at) for at in range(first, last))


def _relates(text: Text, at: int) -> bool:
    """A verb, a pronoun, a determiner, a sign; no preposition, for a list may have those."""
    token = text.tokens[at]
    if token.joined or (at and text.tokens[at - 1].joined):
        return False  # the "in" of "in-network"
    if any(form in STRONG_VERBS for form in token.forms) or token.text in _PROSE:
        return True
    return token.text in DETERMINERS or token.forms[0] in (ARROW, ">", "<", "=")


def _bare(text: Text, first: int, last: int) -> bool:
    if last - first > _BARE_WORDS or _says(text, first, last):
        return False
    return last - first < 3 or not _acts(text, first, last)


def _acts(text: Text, first: int, last: int) -> bool:
    """A fragment of three words with a verb form that is no noun ("celebs pulled lazily")."""
    if any(text.tokens[at].text == "versus" for at in range(first, last)):
        return False
    return any(
        is_verb(text.tokens[at]) and text.tokens[at].text.endswith(("ed", "s"))
        for at in range(first + 1, last)
    )
