import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainer.catalog.packs import DEFAULT_PACK, UnknownPack, get_pack
from trainer.grading.attempts import Answer, answer
from trainer.grading.grades import AnswerGrade
from trainer.grading.offline.explaining import explained
from trainer.grading.offline.fitted import fitted
from trainer.grading.offline.grader import grade_answer
from trainer.grading.offline.rubric import CompiledRubric, compiled
from trainer.grading.offline.terms import TermError
from trainer.grading.questions import UnknownQuestion, question

LONGEST = 20_000  # characters


class Command(BaseCommand):
    help = "Grades one answer offline, and shows the words that cover each point."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--question", required=True, help="t1 to t5, da, db, dc or full")
        parser.add_argument("--file", required=True, type=Path, help="the answer, as plain text")
        parser.add_argument("--pack", default=DEFAULT_PACK)
        parser.add_argument("--json", action="store_true", help="one line of JSON instead")
        parser.add_argument(
            "--explain", action="store_true", help="what was found, for those who write patterns"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given, rubric = _given(options)
        found = grade_answer(given, rubric)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(found), "grader": fitted().name}))
            return
        if options["explain"] and found.gradable:
            for line in explained(given, rubric, fitted()):
                self.stdout.write(line)
        self._tell(given, found)

    def _tell(self, given: Answer, found: AnswerGrade) -> None:
        if not found.gradable:
            self.stdout.write(found.why_not)
        texts = {point.id: point.text for point in given.points}
        for point in found.points:
            mark = "covered" if point.covered else "not covered"
            self.stdout.write(f"{point.id} {mark} ({point.sure:.2f}): {texts[point.id]}")
            if point.quote:
                self.stdout.write(f"    {point.quote.start}-{point.quote.end}: {point.quote.text}")
            elif point.note:
                self.stdout.write(f"    {point.note}")
        for note in found.notes:
            self.stdout.write(note)


def _given(options: dict[str, Any]) -> tuple[Answer, CompiledRubric]:
    try:
        pack = get_pack(options["pack"])
        asked = question(pack, options["question"])
        text = _text(options["file"])
        rubric = compiled(pack)
    except (UnknownPack, UnknownQuestion, TermError) as error:
        raise CommandError(str(error)) from error
    if len(text) > LONGEST:
        raise CommandError(
            f"The answer has {len(text):,} characters: at most {LONGEST:,} are graded. Shorten it."
        )
    return answer(asked.topic, asked.asks, text, asked.points, pack), rubric


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{file} cannot be read ({error.strerror}). Name a text file."
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{file} is no UTF-8 text. Save it as plain text and try again."
        ) from error
