"""How well the graders grade, measured on judged answers."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from trainer.grading.measuring.offline_bench import run
from trainer.grading.reference.measuring import measure
from trainer.grading.reference.semeval import NotASet
from trainer.lib.benchmark import Bench, CannotMeasure, Result


def grading(options: Namespace) -> Result:
    """Raises CannotMeasure."""
    if options.semeval:
        return _by_reference(options.semeval)
    if not options.set:
        raise CannotMeasure("Name a file with judged answers: --set FILE, or --semeval DIR.")
    return run(options)


def _by_reference(place: Path) -> Result:
    """The scorer of points without patterns."""
    try:
        return measure(place)
    except NotASet as error:
        raise CannotMeasure(str(error)) from error


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--set", type=Path, action="append", metavar="FILE", help="judged answers")
    parser.add_argument(
        "--semeval", type=Path, metavar="DIR", help="short answers as of SemEval-2013 Task 7"
    )
    parser.add_argument("--grader", choices=("offline", "llm"), default="offline")
    parser.add_argument("--pack", default="twitter")
    parser.add_argument(
        "--cross-validate",
        action="store_true",
        help="judge each answer by weights fitted without it",
    )
    parser.add_argument("--misses", action="store_true", help="list what was judged wrongly")
    parser.add_argument("--points", default="", help="with --misses: ids or their beginnings, a,b")


BENCHES = {"grading": Bench("how well a grader judges answers", grading, _arguments)}
