"""Why the offline grader decided as it did, in lines for those who write patterns. Pure."""

from collections.abc import Iterator

from trainer.grading.attempts import Answer
from trainer.grading.offline.binding import Bonds
from trainer.grading.offline.features import NAMES
from trainer.grading.offline.fitted import Fitted
from trainer.grading.offline.frames import CompiledFrame, Match, hold
from trainer.grading.offline.grader import ReadAnswer, decide, read_answer
from trainer.grading.offline.reading import Evidence, Hit
from trainer.grading.offline.rubric import CompiledRubric


def explained(answer: Answer, rubric: CompiledRubric, weights: Fitted) -> Iterator[str]:
    """The clauses, the hits with their states, and for each point its frames and features."""
    seen = read_answer(answer, rubric)
    yield from _clauses(seen)
    yield from _hits(seen)
    for point in seen.found:
        yield from _point(point, seen, rubric, weights)


def held_frames(answer: Answer, point: str, rubric: CompiledRubric) -> Iterator[str]:
    """The frames of a point that hold in an answer, with their words."""
    seen = read_answer(answer, rubric)
    yield from _frames(point, seen, rubric, held_only=True)


def state(hit: Hit) -> str:
    """What the text says of a hit."""
    return hit.mute or ("denied" if hit.denied else "asserted")


def _clauses(seen: ReadAnswer) -> Iterator[str]:
    text = seen.evidence.text
    yield "Clauses (| within a sentence):"
    for number, sentence in enumerate(text.sentences):
        spans = [
            (first, last)
            for first, last in text.clause_spans
            if sentence.first <= first < sentence.last
        ]
        told = " | ".join(_words(seen, first, last) for first, last in spans)
        out = " [left out]" if number in seen.evidence.left_out else ""
        yield f"  {number}{out}: {told}"


def _hits(seen: ReadAnswer) -> Iterator[str]:
    yield "Hits:"
    hits = [hit for each in seen.evidence.hits.values() for hit in each]
    for hit in sorted(hits, key=lambda hit: (hit.first, hit.concept)):
        words = _words(seen, hit.first, hit.last)
        yield f"  {hit.sentence}: {hit.concept} = {words!r} {state(hit)}"


def _words(seen: ReadAnswer, first: int, last: int) -> str:
    tokens = seen.evidence.text.tokens
    return seen.text[tokens[first].start : tokens[last - 1].end].replace("\n", " ")


def _point(point: str, seen: ReadAnswer, rubric: CompiledRubric, weights: Fitted) -> Iterator[str]:
    found = seen.found[point]
    covered, sure = decide(found, weights)
    values = zip(NAMES, found.features, strict=True)
    features = ", ".join(f"{name} {value:g}" for name, value in values if value)
    yield f"{point}: {'covered' if covered else 'not covered'}, sure {sure:.2f}: {features}"
    yield from (f"  {line}" for line in _frames(point, seen, rubric, held_only=False))


def _frames(point: str, seen: ReadAnswer, rubric: CompiledRubric, held_only: bool) -> Iterator[str]:
    compiled, evidence = rubric.points[point], seen.evidence
    bonds = Bonds(rubric.opposites, evidence)
    for kind, frames in (("frame", compiled.frames), ("against", compiled.against)):
        for number, frame in enumerate(frames, start=1):
            line = _frame(frame, evidence, bonds, seen)
            if line.startswith("held") or not (held_only or kind == "against"):
                yield f"{kind} {number}{' weak' if frame.frame.weak else ''} {line}"


def _frame(frame: CompiledFrame, evidence: Evidence, bonds: Bonds, seen: ReadAnswer) -> str:
    held = hold(frame, evidence, bonds)
    if held.matches:
        return "held: " + "; ".join(_match(each, seen) for each in held.matches[:3])
    return f"{held.share:.0%} {held.nearly}".rstrip()


def _match(match: Match, seen: ReadAnswer) -> str:
    return ", ".join(f"{hit.concept}={_words(seen, hit.first, hit.last)!r}" for hit in match.hits)
