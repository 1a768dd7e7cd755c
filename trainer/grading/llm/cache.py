"""What the language model said before, by all that it was asked."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from trainer.grading import evidence
from trainer.grading.attempts import Answer
from trainer.grading.grades import PointGrade, Quote
from trainer.grading.llm.prompt import PROMPT_VERSION
from trainer.grading.models import Judged
from trainer.lib import clock


def key_of(answer: Answer, rubric_version: str) -> str:
    """A hash of the question with its points, the versions, the model and the answer."""
    asked = [
        [answer.asks, [(point.id, point.text) for point in answer.points]],
        rubric_version,
        PROMPT_VERSION,
        settings.GRADER_MODEL,
        [(each.source, each.seq, each.start, each.end, each.text) for each in answer.words],
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def find(key: str, answer: Answer) -> tuple[PointGrade, ...] | None:
    """The points as they were judged, with the quotes cut from the answer anew."""
    row = Judged.objects.filter(pk=key).first()
    return None if row is None else tuple(_point(stored, answer) for stored in row.points)


def keep(key: str, points: Sequence[PointGrade]) -> None:
    """For the next time; where two asked at once, the first stays."""
    rows = [_row(point) for point in points]
    Judged.objects.get_or_create(pk=key, defaults={"points": rows, "judged_at": clock.now()})


def _row(point: PointGrade) -> dict[str, Any]:
    quote = point.quote
    place = [quote.source, quote.seq, quote.start, quote.end] if quote else None
    return {"id": point.id, "covered": point.covered, "note": point.note, "place": place}


def _point(stored: dict[str, Any], answer: Answer) -> PointGrade:
    quote = _cut(answer, *stored["place"]) if stored["place"] else None
    is_covered = stored["covered"] and quote is not None
    return PointGrade(stored["id"], is_covered, quote, float(is_covered), stored["note"])


def _cut(answer: Answer, source: str, seq: int, start: int, end: int) -> Quote | None:
    """The quote at that place; None where the answer has no such place."""
    for words in answer.words:
        if (words.source, words.seq) == (source, seq) and words.start <= start < end <= words.end:
            return evidence.quote(words, start - words.start, end - words.start)
    return None
