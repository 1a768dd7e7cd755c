"""A machine's copies of an artefact's arrays: .npy files that all its processes map into memory.

Copies are made in a folder of their own, which is renamed when it is complete; who makes one holds
a lock, and the others of the machine wait. Nothing here knows a database.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

UNFINISHED = ".unfinished-"  # of who was killed: the next maker removes it
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """An array as it is stored: C order, little-endian."""

    name: str
    dtype: str
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return np.dtype(self.dtype).itemsize * int(np.prod(self.shape, dtype=np.int64))


Pieces = Callable[[Part], Iterable[bytes]]


def opened(folder: Path, parts: Sequence[Part]) -> Arrays | None:
    """The arrays of a copy, read-only; None where one is missing, cut short or of another shape."""
    try:
        return {part.name: _mapped(folder / f"{part.name}.npy", part) for part in parts}
    except (OSError, ValueError, EOFError):
        return None


def make(folder: Path, parts: Sequence[Part], pieces: Pieces) -> Arrays:
    """The arrays of the copy in `folder`, which is made (again) if it is not whole.

    Raises OSError where that cannot be written, and what `pieces` raises.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent):
        if (found := opened(folder, parts)) is not None:
            return found
        fresh = _aside(folder)
        try:
            fresh.mkdir()
            for part in parts:
                _write(fresh / f"{part.name}.npy", part, pieces(part))
            if folder.exists():  # a damaged one: others may have parts of it mapped
                folder.rename(_aside(folder))
            fresh.rename(folder)
        finally:
            _remove_unfinished(folder.parent)
    if (made := opened(folder, parts)) is None:
        raise OSError(f"The copy in {folder} was damaged as soon as it was made.")
    return made


def in_memory(parts: Sequence[Part], pieces: Pieces) -> Arrays:
    """The arrays without any copy, read-only."""
    return {
        part.name: np.frombuffer(b"".join(pieces(part)), dtype=part.dtype).reshape(part.shape)
        for part in parts
    }


def forget(parent: Path, kept: Callable[[], set[str]]) -> None:
    """Remove every copy but those of the versions `kept`, which is asked after looking what is
    there: a version that comes in between stays."""
    found = [entry for entry in parent.iterdir() if entry.is_dir()]
    wanted = kept()
    for entry in found:
        if entry.name not in wanted and not entry.name.startswith(UNFINISHED):
            shutil.rmtree(entry, ignore_errors=True)


def _mapped(path: Path, part: Part) -> NDArray[Any]:
    """Not as np.memmap, whose every slice is dear."""
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    is_as_stored = mapped.dtype == np.dtype(part.dtype) and mapped.shape == part.shape
    if not is_as_stored or path.stat().st_size != mapped.offset + part.size:
        raise ValueError(f"{path} is not the array {part}.")
    plain: NDArray[Any] = mapped.view(np.ndarray)
    return plain


def _write(path: Path, part: Part, pieces: Iterable[bytes]) -> None:
    header = {"descr": part.dtype, "fortran_order": False, "shape": part.shape}
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, header)
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())  # after a power cut, a file of the right size may else be zeros


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{UNFINISHED}{folder.name}-{secrets.token_hex(4)}")


def _remove_unfinished(parent: Path) -> None:
    for left in parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Freed by the kernel when the process dies."""
    with (parent / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
