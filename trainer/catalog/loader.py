"""Loading a content pack from its folder, with all errors at once. Pure."""

import re
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from trainer.catalog.errors import PackErrors
from trainer.catalog.files import FOLDERS, OPTIONAL, TYPES, file_of
from trainer.catalog.folders import read_folders
from trainer.catalog.plain_errors import placed, plain_errors
from trainer.catalog.references import reference_errors
from trainer.catalog.schema import Pack
from trainer.catalog.yaml_file import FileError, read_yaml

_FILES: Final = {
    file_of(field): TypeAdapter[Any](hint) for field, hint in TYPES.items() if field not in FOLDERS
}
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TAKEN: Final = {"own"}  # names that addresses and keys use for something else


def load_pack(folder: Path) -> Pack:
    """The pack in `folder`, whose name is its slug. Raises PackErrors, which holds every error."""
    if not folder.is_dir():
        raise PackErrors([f"{folder.name}: expected a folder, but it is missing"])
    errors = _folder_errors(folder)
    parts, folder_errors = read_folders(folder)
    errors += folder_errors
    for field in TYPES.keys() - FOLDERS:
        file = file_of(field)
        if field in OPTIONAL and not (folder / file).exists():
            parts[field] = Pack.model_fields[field].default
            continue
        try:
            raw = read_yaml(folder / file)
            parts[field] = _FILES[file].validate_python([] if raw is None else raw)
        except FileError as error:
            errors.append(placed(file, str(error)))
        except ValidationError as error:
            errors += [placed(file, line) for line in plain_errors(error, raw)]
    errors += reference_errors(parts)
    if errors:
        raise PackErrors(errors)
    return Pack(slug=folder.name, **parts)


def _folder_errors(folder: Path) -> list[str]:
    errors = []
    if not _NAME.fullmatch(folder.name):
        errors.append(f"{folder.name}: expected a folder name of a-z, 0-9 and -, at most 60 long")
    if folder.name in _TAKEN:
        errors.append(f"{folder.name}: expected another folder name, this one is used by the site")
    for path in sorted(folder.iterdir()):
        if path.name not in {*_FILES, *FOLDERS} and not path.name.startswith("."):
            errors.append(f"{path.name}: expected only {', '.join(_FILES)}")
    return errors
