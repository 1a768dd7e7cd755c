"""Fitting the reference scorer, and what it is worth on answers that it was not fitted on. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from trainer.grading.reference.judging import (
    best_threshold,
    fitted,
    held_out,
    labels_of,
    part_f1s,
    rows_of,
)
from trainer.grading.reference.semeval import Graded


def fit_file(items: Sequence[Graded], command: str) -> dict[str, Any]:
    """What fitted.json holds: the model, the threshold chosen by cross-validation over questions,
    and the macro-F1 that this gave on held-out questions and modules."""
    rows, labels = rows_of(items), labels_of(items)
    by_question = held_out(items, question, rows)
    threshold = best_threshold(items, by_question)
    by_module = held_out(items, module, rows)
    return {
        "made_by": command,
        "answers": len(items),
        "set": fingerprint(items),
        "model": asdict(fitted(rows, labels)),
        "threshold": threshold,
        "macro_f1": {
            "unseen questions": _rounded(part_f1s(items, by_question, threshold)),
            "unseen modules": _rounded(part_f1s(items, by_module, threshold)),
        },
    }


def question(item: Graded) -> str:
    return f"{item.part}/{item.question_id}"


def module(item: Graded) -> str:
    return f"{item.part}/{item.group}"


def fingerprint(items: Sequence[Graded]) -> str:
    """Twelve letters that stand for these answers and their labels."""
    told = "\n".join(f"{question(each)}\t{each.answer}\t{each.correct}" for each in items)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in figures.items()}
