"""The bench of the offline grader."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from django.conf import settings

from trainer.catalog.packs import get_pack
from trainer.grading.llm import client
from trainer.grading.llm.errors import LlmError
from trainer.grading.measuring import baselines
from trainer.grading.measuring.figures import (
    Counts,
    Judgement,
    base_rate_f1,
    counts,
    grouped,
    macro_f1,
)
from trainer.grading.measuring.fitting import by_fold, cross_validated, judgement, rows
from trainer.grading.measuring.misses import misses
from trainer.grading.measuring.sets import Case, JudgedSet, SetError, read_sets
from trainer.grading.offline.fitted import fitted
from trainer.grading.offline.grader import grade_answer, joined
from trainer.grading.offline.language import why_not
from trainer.grading.offline.rubric import CompiledRubric, compiled
from trainer.grading.offline.terms import TermError
from trainer.grading.selectors import rubric_of
from trainer.lib.benchmark import CannotMeasure, Result, percentile

_WEAKEST: Final = 3
_ROUNDS_LEAST_WORDS: Final = 30  # a shorter answer is no measure of time per 1,000 words


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the set or the pack cannot be read."""
    pack = get_pack(options.pack)
    try:
        judged = read_sets(options.set, pack)
        rubric = compiled(pack)
    except (SetError, TermError) as error:
        raise CannotMeasure(str(error)) from error
    if options.grader == "llm":
        judgements = _by_model(judged, rubric_of(pack.slug))
        return Result({}, _figures(judgements), (), list(_lines(judged, judgements)))
    found = rows(judged, rubric)
    pairs = (
        cross_validated(found, by_fold)
        if options.cross_validate
        else [(row, fitted()) for row in found]
    )
    judgements = [judgement(row, weights) for row, weights in pairs]
    judgements += ungraded(judged, judgements)
    lines = list(_lines(judged, judgements))
    if options.misses:
        wanted = frozenset(each for each in options.points.split(",") if each)
        for row, weights in pairs:
            lines += misses([row], weights, wanted, rubric)
    times = _times(judged, rubric, options.rounds)
    return Result({}, {**_figures(judgements), **_baselines(judged), **times}, (), lines)


def _by_model(judged: JudgedSet, rubric_version: str) -> list[Judgement]:
    """As the language model judges; CannotMeasure where there is none, or it fails."""
    if not settings.GRADER_MODEL:
        raise CannotMeasure("No language model is configured: set GRADER_MODEL and OPENAI_API_KEY.")
    found: list[Judgement] = []
    for case in judged.cases:
        try:
            points = client.grade_answer(case.answer, rubric_version).points
        except LlmError as error:
            raise CannotMeasure(f"{case.entry.id}: {error} {error.remedy}") from error
        found += [_judgement(case, point.id, point.covered) for point in points]
    return [*found, *ungraded(judged, found)]


def ungraded(judged: JudgedSet, known: Sequence[Judgement]) -> Iterator[Judgement]:
    """What no grader judged counts as not covered."""
    seen = {(each.answer, each.point) for each in known}
    for case in judged.cases:
        for point in case.answer.points:
            if (case.entry.id, point.id) not in seen:
                yield _judgement(case, point.id)


def _judgement(case: Case, point: str, said: bool = False) -> Judgement:
    entry = case.entry
    was = entry.points[point]
    return Judgement(
        entry.id, entry.question, entry.style, point, was.covered, was.borderline, said
    )


def _figures(judgements: Sequence[Judgement]) -> dict[str, float]:
    found = counts(judgements)
    return {
        "precision": found.precision,
        "recall": found.recall,
        "f1": found.f1,
        "kappa": found.kappa,
        "base_rate_f1": base_rate_f1(judgements),
        "macro_f1": macro_f1(judgements),
        "judgements": found.total,
        "false_points": found.false,
        "missed_points": found.missed,
    }


def _baselines(judged: JudgedSet) -> dict[str, float]:
    weight = baselines.inverse_frequency(judged.cases)
    by_vectors: baselines.Scored = []
    by_words: baselines.Scored = []
    for case in judged.cases:
        blank = [_judgement(case, point.id) for point in case.answer.points]
        by_vectors += baselines.by_vectors(case, blank)
        by_words += baselines.by_words(case, blank, weight)
    vectors = counts(baselines.best_threshold(by_vectors))
    words = counts(baselines.best_threshold(by_words))
    return {
        "vectors_f1": vectors.f1,
        "vectors_kappa": vectors.kappa,
        "tf_idf_f1": words.f1,
        "tf_idf_kappa": words.kappa,
    }


def _times(judged: JudgedSet, rubric: CompiledRubric, rounds: int) -> dict[str, float]:
    """Milliseconds of one core per 1,000 words, of answers long enough; the best of some rounds."""
    found: list[float] = []
    for case in judged.cases:
        words = len(case.entry.answer.split())
        if words >= _ROUNDS_LEAST_WORDS and not why_not(joined(case.answer)):
            taken = min(_taken_s(case, rubric) for _ in range(min(rounds, 3)))
            found.append(taken * 1e6 / words)
    if not found:
        return {}
    return {
        "ms_per_1000_words_median": percentile(found, 50),
        "ms_per_1000_words_p95": percentile(found, 95),
    }


def _taken_s(case: Case, rubric: CompiledRubric) -> float:
    """Of the processor, as others may use the machine at the same time."""
    started = time.process_time()
    grade_answer(case.answer, rubric)
    return time.process_time() - started


# -- lines for people --------------------------------------------------------


def _lines(judged: JudgedSet, judgements: Sequence[Judgement]) -> Iterator[str]:
    if judged.unknown:
        yield f"Left out, for the pack has no such points: {', '.join(judged.unknown)}"
    for case in judged.cases:
        reason = why_not(joined(case.answer))
        if reason:
            yield f"{case.entry.id} ({case.entry.style}): {reason}"
    yield from _table("By style", grouped(judgements, lambda each: each.style))
    yield from _table("By question", grouped(judgements, lambda each: each.question))
    yield from _weakest(judgements)


def _table(title: str, groups: Mapping[str, Counts]) -> Iterator[str]:
    width = max(map(len, groups), default=0)
    yield f"{title}:"
    for name, each in groups.items():
        yield (
            f"  {name:<{width}}  precision {each.precision:.2f}  recall {each.recall:.2f}"
            f"  F1 {each.f1:.2f}  kappa {each.kappa:5.2f}  of {each.total}"
            f"  false {each.false}  missed {each.missed}"
        )


def _weakest(judgements: Sequence[Judgement]) -> Iterator[str]:
    by_point: Callable[[Judgement], str] = lambda each: each.point  # noqa: E731
    points = grouped(judgements, by_point)
    judged = {name: each for name, each in points.items() if each.hits + each.missed}
    order = sorted(judged, key=lambda name: (judged[name].f1, -judged[name].total))
    yield from _table("Weakest points", {name: judged[name] for name in order[:_WEAKEST]})
    names = ", ".join(f"{name} {judged[name].f1:.2f}" for name in sorted(judged))
    yield f"F1 by point: {names}"
