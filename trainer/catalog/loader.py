"""Loading a content pack from its folder, with all errors at once. Pure."""

import re
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from trainer.catalog.errors import PackErrors
from trainer.catalog.files import LABS, OPTIONAL, TYPES, file_of
from trainer.catalog.lab_schema import Lab
from trainer.catalog.plain_errors import plain_errors
from trainer.catalog.references import reference_errors
from trainer.catalog.schema import Pack
from trainer.catalog.yaml_file import FileError, read_yaml

_FILES: Final = {
    file_of(field): TypeAdapter[Any](hint) for field, hint in TYPES.items() if field != LABS
}
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def load_pack(folder: Path) -> Pack:
    """The pack in `folder`, whose name is its slug. Raises PackErrors, which holds every error."""
    if not folder.is_dir():
        raise PackErrors([f"{folder.name}: expected a folder, but it is missing"])
    errors = _folder_errors(folder)
    parts: dict[str, Any] = {}
    parts[LABS], lab_errors = _labs(folder / LABS)
    errors += lab_errors
    if lab_errors:
        del parts[LABS]
    for field in TYPES.keys() - {LABS}:
        file = file_of(field)
        if field in OPTIONAL and not (folder / file).exists():
            parts[field] = Pack.model_fields[field].default
            continue
        try:
            raw = read_yaml(folder / file)
            parts[field] = _FILES[file].validate_python([] if raw is None else raw)
        except FileError as error:
            errors.append(_placed(file, str(error)))
        except ValidationError as error:
            errors += [_placed(file, line) for line in plain_errors(error, raw)]
    errors += reference_errors(parts)
    if errors:
        raise PackErrors(errors)
    return Pack(slug=folder.name, **parts)


def _labs(folder: Path) -> tuple[tuple[Lab, ...], list[str]]:
    """The labs, each from the file of its name, and what is wrong with them."""
    labs, errors = [], []
    for path in sorted(folder.glob("*")):
        file = f"{LABS}/{path.name}"
        if path.suffix != ".yaml" or not _NAME.fullmatch(path.stem):
            errors.append(f"{file}: expected a file name of a-z, 0-9 and -, ending in .yaml")
            continue
        try:
            raw = read_yaml(path)
            given = raw if isinstance(raw, dict) else {}
            labs.append(Lab.model_validate({**given, "slug": path.stem}))
        except FileError as error:
            errors.append(_placed(file, str(error)))
        except ValidationError as error:
            errors += [_placed(file, line) for line in plain_errors(error, raw)]
    return tuple(labs), errors


def _folder_errors(folder: Path) -> list[str]:
    errors = []
    if not _NAME.fullmatch(folder.name):
        errors.append(f"{folder.name}: expected a folder name of a-z, 0-9 and -, at most 60 long")
    for path in sorted(folder.iterdir()):
        if path.name not in {*_FILES, LABS} and not path.name.startswith("."):
            errors.append(f"{path.name}: expected only {', '.join(_FILES)}")
    return errors


def _placed(file: str, line: str) -> str:
    """`file:field: expected ...`, or `file: expected ...` for the file as a whole."""
    return f"{file}: {line}" if line.startswith("expected") else f"{file}:{line}"
