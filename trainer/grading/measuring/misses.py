"""What a grader got wrong, for those who write patterns. Pure."""

from collections.abc import Iterator, Sequence

from trainer.grading.measuring.fitting import Row
from trainer.grading.offline.explaining import held_frames
from trainer.grading.offline.features import NAMES
from trainer.grading.offline.fitted import Fitted
from trainer.grading.offline.grader import decide
from trainer.grading.offline.rubric import CompiledRubric


def misses(
    given: Sequence[Row], weights: Fitted, points: frozenset[str], rubric: CompiledRubric
) -> Iterator[str]:
    """Each wrong judgement (borderline ones are left out): what was said, why, and the evidence.
    `points`: prefixes of ids; none for all."""
    for row in sorted(given, key=lambda row: (row.point, row.case.entry.id)):
        said, sure = decide(row.found, weights)
        wrong = said != row.judged.covered and not row.judged.borderline
        if wrong and (not points or any(row.point.startswith(each) for each in points)):
            yield from _told(row, said, sure, rubric)


def _told(row: Row, said: bool, sure: float, rubric: CompiledRubric) -> Iterator[str]:
    kind = "false" if said else "missed"
    yield f"{row.point} {row.case.entry.id} {row.case.entry.style} {kind}, sure {sure:.2f}"
    named = [
        f"{name} {value:g}" for name, value in zip(NAMES, row.found.features, strict=True) if value
    ]
    yield "    " + ", ".join(named) + (f" ({row.found.nearly})" if row.found.nearly else "")
    if row.judged.evidence:
        yield f"    evidence: {row.judged.evidence!r}"
    if said:
        yield from (f"    {line}" for line in held_frames(row.case.answer, row.point, rubric))
