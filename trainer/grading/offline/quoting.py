"""Which words of an answer to show for a point. Pure."""

from typing import Final

from trainer.grading.offline.features import Findings
from trainer.grading.offline.frames import Match
from trainer.grading.offline.splitting import Text

_LONGEST: Final = 300


def quoted(text: Text, found: Findings) -> tuple[int, int]:
    """Start and end of the sentences that carry a decision; of long ones the clauses, or in the
    end the words alone."""
    first, last = found.sentences
    if found.match is not None:
        numbers = [text.sentence_of[hit.first] for hit in found.match.hits]
        first, last = min(numbers), max(numbers)
    whole = text.sentences[first].start, text.sentences[last].end
    if whole[1] - whole[0] <= _LONGEST or found.match is None:
        return whole if whole[1] - whole[0] <= _LONGEST else _cut(text, whole)
    clauses = _clauses(text, found.match)
    if clauses[1] - clauses[0] <= _LONGEST:
        return clauses
    tokens = text.tokens
    words = tokens[found.match.first].start, tokens[found.match.last - 1].end
    return _cut(text, words)


def _clauses(text: Text, match: Match) -> tuple[int, int]:
    first = text.clause_spans[min(hit.clause for hit in match.hits)][0]
    last = text.clause_spans[max(hit.clause for hit in match.hits)][1]
    return text.tokens[first].start, text.tokens[last - 1].end


def _cut(text: Text, span: tuple[int, int]) -> tuple[int, int]:
    """At most the longest, ending with a word."""
    start, end = span
    if end - start <= _LONGEST:
        return span
    ends = [token.end for token in text.tokens if start < token.end <= start + _LONGEST]
    return start, ends[-1] if ends else start + _LONGEST
