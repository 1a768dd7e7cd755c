"""Which file of a pack fills which field of `Pack`, and which may be missing. Pure."""

from typing import Any, Final, get_type_hints

from trainer.catalog.schema import Pack

# Field of Pack -> its type, with the marks of the schema.
TYPES: Final[dict[str, Any]] = {
    field: hint
    for field, hint in get_type_hints(Pack, include_extras=True).items()
    if field in Pack.model_fields and field != "slug"
}
LABS: Final = "labs"  # the field that a folder fills: a file for each lab
GRADING: Final = "grading"  # another: files of concepts and of the patterns of points
FOLDERS: Final = {LABS, GRADING}
OPTIONAL: Final = {field for field in TYPES if not Pack.model_fields[field].is_required()}


def file_of(field: str) -> str:
    """What fills a field: `numbers` is numbers.yaml, `about` is pack.yaml, `labs` a folder."""
    if field in FOLDERS:
        return field
    return "pack.yaml" if field == "about" else f"{field}.yaml"
