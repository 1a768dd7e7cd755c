"""`bench clarify`: are clarifying questions in free text recognised, and how long does it take?

The labelled wordings are in two halves: on `dev` the matcher is improved, `test` tells how it does
on wordings that were not looked at.
"""

import statistics
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings

from trainer.catalog import packs
from trainer.catalog.yaml_file import FileError, read_yaml
from trainer.interviews.matching import Bank, questions_in
from trainer.interviews.script import question_bank
from trainer.lib.benchmark import Bench, CannotMeasure, Case, Result, Row, interleaved

WORDINGS = Path("tests") / "interviews" / "clarify_wordings.yaml"  # of a checkout
HALVES = ("dev", "test")
OTHER = "other"  # the label of a text that asks nothing in the bank
ALL = "all"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a candidate may type, and the ids of the questions that a person hears in it."""

    text: str
    asks: frozenset[str]
    half: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a question was `right`ly recognised, `wrong`ly recognised, and `missed`."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was recognised that was asked; 1 when nothing was recognised."""
        return self.right / (self.right + self.wrong) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what was asked that was recognised; 1 when nothing was asked."""
        return self.right / (self.right + self.missed) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / ((2 * self.right + self.wrong + self.missed) or 1)


def read_wordings(path: Path) -> list[Wording]:
    """The labelled wordings in the file at `path`. Raises CannotMeasure, with what is wrong."""
    try:
        rows = read_yaml(path)
    except FileError as error:
        raise CannotMeasure(f"{path}: {error}. Run from a checkout, or give --wordings.") from None
    try:
        return [_wording(**row) for row in rows]  # type: ignore[attr-defined]
    except TypeError:
        raise CannotMeasure(f"{path}: expected a list of text, label and half") from None


def _wording(text: str, label: str | list[str], half: str) -> Wording:
    ids = frozenset([label] if isinstance(label, str) else label)
    return Wording(text, ids - {OTHER}, half)


def recognised(bank: Bank, text: str) -> frozenset[str]:
    """The ids of the questions that the interviewer would answer, were `text` a message."""
    matches = map(bank.match, questions_in(text))
    return frozenset(match.id for match in matches if match)


def tallies(bank: Bank, wordings: Iterable[Wording]) -> dict[str, Tally]:
    """What was recognised in `wordings`, by question, and of all questions together."""
    found = {id_: Tally() for id_ in bank.wordings}
    for wording in wordings:
        heard = recognised(bank, wording.text)
        for id_ in heard | wording.asks:
            asked = id_ in wording.asks
            found[id_] += Tally(asked and id_ in heard, not asked, asked and id_ not in heard)
    return {**found, ALL: sum(found.values(), Tally())}


def _add_arguments(parser: ArgumentParser) -> None:
    default = settings.BASE_DIR / WORDINGS
    parser.add_argument("--wordings", type=Path, default=default, help=f"default: {WORDINGS}")
    parser.add_argument("--pack", default="twitter", help="whose questions; default: twitter")
    parser.add_argument("--misses", action="store_true", help="list what went wrong in dev")


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where there are no wordings, or none that fit the pack."""
    bank, _ = question_bank(packs.get_pack(options.pack))
    wordings = read_wordings(options.wordings)
    unknown = {id_ for each in wordings for id_ in each.asks} - bank.wordings.keys()
    if unknown or not wordings:
        raise CannotMeasure(f"{options.wordings}: expected labels of the pack, got {unknown}")
    by_half = {half: [each for each in wordings if each.half == half] for half in HALVES}
    counted = {half: tallies(bank, each) for half, each in by_half.items()}
    rows = _times(bank, [each.text for each in wordings], options.rounds)
    misses = _misses(bank, by_half["dev"]) if options.misses else ()
    return Result(
        ratios={name: value for half in HALVES for name, value in _shares(half, counted[half])},
        figures={f"{row.name}_ms".replace(" ", "_"): row.spread.median for row in rows},
        rows=rows,
        lines=(*_table(counted), *misses),
    )


def _shares(half: str, counted: Mapping[str, Tally]) -> Iterator[tuple[str, float]]:
    for id_, tally in counted.items():
        yield f"{half}_{id_}_precision", tally.precision
        yield f"{half}_{id_}_recall", tally.recall
        yield f"{half}_{id_}_f1", tally.f1


def _times(bank: Bank, texts: Sequence[str], rounds: int) -> list[Row]:
    cases: dict[str, Case] = {
        "build the bank": lambda: _ms(lambda: Bank(bank.wordings, bank.strict).match("Users?")),
        "message on average": lambda: statistics.fmean(_each_ms(bank, texts)),
        "slowest message": lambda: max(_each_ms(bank, texts)),
        "all in one message": lambda: _ms(lambda: recognised(bank, "? ".join(texts))),
    }
    return [Row(name, "ms", spread) for name, spread in interleaved(cases, rounds).items()]


def _each_ms(bank: Bank, texts: Sequence[str]) -> list[float]:
    return [_ms(partial(recognised, bank, text)) for text in texts]


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _table(counted: Mapping[str, Mapping[str, Tally]]) -> Iterator[str]:
    yield "Precision, recall and F1, of " + " and of ".join(HALVES) + ":"
    for id_ in counted[HALVES[0]]:
        tallied = (counted[half][id_] for half in HALVES)
        cells = (f"{each.precision:7.3f}{each.recall:7.3f}{each.f1:7.3f}" for each in tallied)
        yield f"  {id_:<4}" + "   ".join(cells)


def _misses(bank: Bank, wordings: Iterable[Wording]) -> Iterator[str]:
    for each in wordings:
        heard = recognised(bank, each.text)
        if heard != each.asks:
            yield f"{_named(each.asks)} heard as {_named(heard)}: {each.text}"


def _named(ids: frozenset[str]) -> str:
    return "+".join(sorted(ids)) or OTHER


BENCH = Bench("recognising clarifying questions in free text", run, _add_arguments)
BENCHES = {"clarify": BENCH}
