"""Answers in the format of SemEval-2013 Task 7: a folder of XML files, or a zip of one."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

_WAY: Final = "2way"  # where the same answers are there in several labellings, this one is read
_CORRECT: Final = "correct"


class NotASet(Exception):
    """There is no such set at that place; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Graded:
    """`part`: the folders between the set and its file, such as `training/sciEntsBank`. `group`:
    the module that the question belongs to."""

    part: str
    question_id: str
    group: str
    question: str
    references: tuple[str, ...]
    answer: str
    correct: bool


def read_set(place: Path) -> list[Graded]:
    """All answers below `place`. Raises NotASet."""
    found = [each for path, text in sorted(_files(place)) for each in _answers(path, text)]
    if not found:
        raise NotASet(f"{place} holds no XML of SemEval-2013 Task 7. Name its folder, or its zip.")
    parts = {each.part for each in found}
    if any(_WAY in part for part in parts):
        found = [each for each in found if _WAY in each.part]
    return found


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for path in place.rglob("*.xml"):
            yield path.relative_to(place).as_posix(), path.read_bytes()
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xml")]
            for name in names:
                yield name, archive.read(name)


def _answers(path: str, raw: bytes) -> Iterator[Graded]:
    try:
        # The operator's own files; expat of today bounds the expansion of entities.
        root = ElementTree.fromstring(raw)  # noqa: S314
    except ElementTree.ParseError as error:
        raise NotASet(f"{path} is no XML: {error}.") from error
    references = tuple(each.text or "" for each in root.iterfind("referenceAnswers/*"))
    question = (root.findtext("questionText") or "").strip()
    if root.tag != "question" or not references:
        return
    for each in root.iterfind("studentAnswers/*"):
        yield Graded(
            str(PurePosixPath(path).parent),
            root.get("id", path),
            root.get("module", ""),
            question,
            references,
            each.text or "",
            each.get("accuracy") == _CORRECT,
        )
