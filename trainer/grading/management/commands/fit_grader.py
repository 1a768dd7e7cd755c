import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trainer.catalog.packs import DEFAULT_PACK, UnknownPack, get_pack
from trainer.grading.measuring.figures import Counts, counts
from trainer.grading.measuring.fitting import (
    Row,
    as_json,
    by_fold,
    by_question,
    can_fit,
    cross_validated,
    fitted_to,
    judgement,
    rows,
)
from trainer.grading.measuring.offline_bench import ungraded
from trainer.grading.measuring.sets import JudgedSet, SetError, read_sets
from trainer.grading.offline.fitted import PATH, Fitted
from trainer.grading.offline.rubric import CompiledRubric, compiled
from trainer.grading.offline.terms import TermError
from trainer.grading.reference.fitted import FILE
from trainer.grading.reference.fitting import fit_file
from trainer.grading.reference.semeval import NotASet, read_set

SETTING: Final = "GRADING_SET"


class Command(BaseCommand):
    help = "Fits the offline grader's weights to judged answers and writes them into the code."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--set", type=Path, action="append", metavar="FILE")
        parser.add_argument(
            "--semeval", type=Path, metavar="DIR", help="instead: the scorer without patterns"
        )
        parser.add_argument(
            "--unseen", type=Path, metavar="FILE", help="answers to measure the fit on afterwards"
        )
        parser.add_argument("--pack", default=DEFAULT_PACK)
        parser.add_argument("--output", type=Path, help="default: the file that is committed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["semeval"]:
            self._fit_reference(options["semeval"], options["output"] or FILE)
        elif options["set"]:
            self._fit(options)
        else:
            raise CommandError("Name judged answers: --set FILE, or --semeval DIR.")

    def _fit_reference(self, place: Path, output: Path) -> None:
        try:
            stored = fit_file(read_set(place), f"manage.py fit_grader --semeval {place.name}")
        except NotASet as error:
            raise CommandError(str(error)) from error
        _write(output, stored)
        self.stdout.write(json.dumps(stored["macro_f1"]))

    def _fit(self, options: dict[str, Any]) -> None:
        paths = [_named(path) for path in options["set"]]
        unseen = options["unseen"]
        try:
            pack = get_pack(options["pack"])
            judged, rubric = read_sets(paths, pack), compiled(pack)
            new = read_sets([unseen], pack) if unseen else None
        except (UnknownPack, SetError, TermError) as error:
            raise CommandError(str(error)) from error
        found = rows(judged, rubric)
        if not can_fit(found):
            raise CommandError(
                "Name sets with covered points and others: there is nothing to learn."
            )
        weights = fitted_to(found)
        stored = {**_made(judged, rubric, _command(options), found), **as_json(weights)}
        if new:
            stored["unseen"] = _unseen(new, unseen, rubric, weights)
        _write(options["output"] or PATH, stored)
        self.stdout.write(json.dumps({**stored["by_answer"], "threshold": stored["threshold"]}))


def _named(path: Path) -> Path:
    """The file, or the one that the setting of this name names where it is given instead."""
    if str(path) != SETTING:
        return path
    if not os.environ.get(SETTING):
        raise CommandError(f"{SETTING} names no file: set it, or name a file with --set.")
    return Path(os.environ[SETTING])


def _command(options: dict[str, Any]) -> str:
    """The command that makes these weights again, without folders outside of the code."""
    sets = " ".join(f"--set {_short(path)}" for path in options["set"])
    unseen = f" --unseen {_short(options['unseen'])}" if options["unseen"] else ""
    return f"manage.py fit_grader {sets}{unseen}"


def _short(path: Path) -> str:
    whole = path.resolve()
    inside = whole.is_relative_to(settings.BASE_DIR)
    return str(whole.relative_to(settings.BASE_DIR)) if inside else path.name


def _unseen(new: JudgedSet, path: Path, rubric: CompiledRubric, weights: Fitted) -> dict[str, Any]:
    """How well the weights do on answers that they were not fitted to. One that cannot be graded
    counts as nothing covered."""
    found = rows(new, rubric)
    judged = [judgement(row, weights) for row in found]
    figures = _rounded(counts([*judged, *ungraded(new, judged)]))
    return {"file": _short(path), "answers": len(new.cases), "sha256": new.sha256, **figures}


def _write(path: Path, stored: dict[str, Any]) -> None:
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _made(
    judged: JudgedSet, rubric: CompiledRubric, command: str, found: list[Row]
) -> dict[str, Any]:
    """What the weights were made of."""
    return {
        "command": command,
        "answers": len(judged.cases),
        "judgements": len(found),
        "sha256": judged.sha256,
        "rubric": rubric.version,
        "by_answer": _figures(cross_validated(found, by_fold)),
        "by_question": _figures(cross_validated(found, by_question)),
    }


def _figures(pairs: list[tuple[Row, Fitted]]) -> dict[str, float]:
    return _rounded(counts(judgement(row, weights) for row, weights in pairs))


def _rounded(found: Counts) -> dict[str, float]:
    values = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
    return {name: round(value, 4) for name, value in {**values, "kappa": found.kappa}.items()}
