"""The parts of a pack that are folders of files: the labs, and the patterns of the grader. Pure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from trainer.catalog.fields import Model
from trainer.catalog.files import GRADING, LABS
from trainer.catalog.grading_schema import GradingFile, Patterns
from trainer.catalog.lab_schema import Lab
from trainer.catalog.plain_errors import placed, plain_errors
from trainer.catalog.yaml_file import FileError, read_yaml

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def read_folders(pack: Path) -> tuple[dict[str, Any], list[str]]:
    """The folders' contents by field of Pack, and what is wrong. What has errors is left out."""
    parts: dict[str, Any] = {}
    labs, errors = _files(pack / LABS, Lab, "slug")
    if not errors:
        parts[LABS] = tuple(labs.values())
    files, grading_errors = _files(pack / GRADING, GradingFile)
    grading_errors += _twice(files)
    if not grading_errors:
        parts[GRADING] = Patterns(
            concepts={name: terms for f in files.values() for name, terms in f.concepts.items()},
            opposites=tuple(group for f in files.values() for group in f.opposites),
            points={id_: point for f in files.values() for id_, point in f.points.items()},
        )
    return parts, errors + grading_errors


def _files(folder: Path, model: type[Model], named: str = "") -> tuple[dict[str, Any], list[str]]:
    """Each file as a `model`; `named` is the field that its name fills."""
    found, errors = {}, []
    for path in sorted(folder.glob("*")):
        file = f"{folder.name}/{path.name}"
        if path.suffix != ".yaml" or not _NAME.fullmatch(path.stem):
            errors.append(f"{file}: expected a file name of a-z, 0-9, - and _, ending in .yaml")
            continue
        try:
            raw = read_yaml(path)
            given = raw if isinstance(raw, dict) else {}
            name = {named: path.stem} if named else {}
            found[path.stem] = model.model_validate({**given, **name})
        except FileError as error:
            errors.append(placed(file, str(error)))
        except ValidationError as error:
            errors += [placed(file, line) for line in plain_errors(error, raw)]
    return found, errors


def _twice(files: dict[str, GradingFile]) -> Iterator[str]:
    """A concept or a point has one file."""
    first: dict[str, str] = {}
    for name, file in files.items():
        for key in (
            *(f"concepts.{k}" for k in file.concepts),
            *(f"points.{k}" for k in file.points),
        ):
            other = first.setdefault(key, name)
            if other != name:
                yield f"grading/{name}.yaml:{key}: expected it once, but {other}.yaml has it"
