"""Reading one YAML file of a pack, strictly: no doubled keys, no aliases, limits on size. Pure."""

from pathlib import Path
from typing import Any, Final

import yaml

MAX_BYTES: Final = 512 * 1024  # the largest file of the Twitter pack is a tenth of this
MAX_DEPTH: Final = 20


class FileError(Exception):
    """A file that cannot be read; the message is `where: expected ...`."""


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses what would hide a mistake or blow up in memory."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise FileError(f"line {_line(event)}: expected the text itself, not an alias (*name)")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FileError(f"line {_line(event)}: expected at most {MAX_DEPTH} levels of nesting")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise FileError(f"line {_line(key)}: expected a plain word as key")
            if key.value in seen:
                raise FileError(f'line {_line(key)}: expected "{key.value}" only once')
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _line(event: yaml.Event | yaml.Node) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def read_yaml(path: Path) -> object:
    """The parsed content of `path`. Raises FileError with a line number where there is one."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileError("expected this file, but it is missing") from None
    except OSError as error:
        raise FileError(f"expected a readable file ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise FileError(f"expected at most {MAX_BYTES // 1024} KB")
    try:
        return yaml.load(raw.decode(), Loader=_StrictLoader)  # noqa: S506 (a SafeLoader)
    except UnicodeDecodeError:
        raise FileError("expected UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise FileError(
            f"{where}expected valid YAML (the parser says: {error.problem or error.context})"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise FileError(f"expected valid YAML (the parser says: {error})") from None
