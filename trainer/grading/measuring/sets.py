"""Sets of judged answers: a JSON list of {id, question, style, answer, points}. Pure.

`points` holds, by id, what a person judged: {covered, evidence, borderline}.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from trainer.catalog.schema import Pack
from trainer.grading.attempts import Answer, answer
from trainer.grading.questions import UnknownQuestion, question


class SetError(Exception):
    """A set cannot be read; the message says which and why."""


class Judged(BaseModel):
    """How a person judged one point. A second reader might flip a `borderline` one."""

    model_config = ConfigDict(frozen=True)

    covered: bool
    evidence: str = ""
    borderline: bool = False


class Entry(BaseModel):
    """One judged answer."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    style: str
    answer: str
    points: dict[str, Judged]


@dataclass(frozen=True, slots=True)
class Case:
    """An entry as a grader takes it: its judged points that the pack has."""

    entry: Entry
    answer: Answer


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """`unknown`: judged points that the pack does not have, and which are left out."""

    cases: tuple[Case, ...]
    unknown: tuple[str, ...]
    sha256: str


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def read_sets(paths: Sequence[Path], pack: Pack) -> JudgedSet:
    """The files together, as one set. Raises SetError."""
    entries: list[Entry] = []
    digest = hashlib.sha256()
    for path in paths:
        raw = _bytes(path)
        digest.update(raw)
        try:
            entries += _ENTRIES.validate_json(raw)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise SetError(f"{path}: {where}: {first['msg']}") from None
    _once(entries)
    judged = {point for entry in entries for point in entry.points}
    cases = tuple(_case(entry, pack) for entry in entries)
    return JudgedSet(cases, tuple(sorted(judged - pack.points.keys())), digest.hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetError(f"{path}: {error.strerror}. Name a file with judged answers.") from None


def _once(entries: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise SetError(f"The id {entry.id} stands twice: each answer needs its own.")
        seen.add(entry.id)


def _case(entry: Entry, pack: Pack) -> Case:
    try:
        asked = question(pack, entry.question)
    except UnknownQuestion as error:
        raise SetError(f"{entry.id}: {error}") from None
    points = [pack.points[each] for each in entry.points if each in pack.points]
    return Case(entry, answer(asked.topic, asked.asks, entry.answer, points, pack))
