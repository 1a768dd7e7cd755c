"""Zip archives of card files, both ways. Nothing is ever unpacked to disk."""

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from trainer.cards.sharing.row import Unreadable

MOST_ENTRIES: Final = 5
MOST_BYTES: Final = 2 * 1024 * 1024  # of all entries, unpacked
NAME_LENGTH: Final = 100  # of an entry: its name is said with every row
_CHUNK: Final = 64 * 1024
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # so that the same contents are the same bytes
# All that zipfile was seen to raise for an archive with bytes changed.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,  # a place before the start, a name that is no UTF-8
)
_AGAIN: Final = "Zip the card files themselves, up to five, and try again."


def written(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents)
    return made.getvalue()


def entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and contents of each entry. Raises Unreadable for an archive that is broken, too large
    once unpacked, or holds anything but plain files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check(infos)
            left = MOST_BYTES
            for info in infos:
                contents = _contents(archive, info, left)
                left -= len(contents)
                yield info.filename, contents
    except _BROKEN as error:
        raise Unreadable(f"Expected a zip archive; this one is broken. {_AGAIN}") from error


def _check(infos: list[zipfile.ZipInfo]) -> None:
    if not 1 <= len(infos) <= MOST_ENTRIES:
        raise Unreadable(f"Expected 1 to {MOST_ENTRIES} files; found {len(infos):,}. {_AGAIN}")
    for info in infos:
        if reason := _reason(info):
            raise Unreadable(f"“{info.filename[:60]}” {reason} {_AGAIN}")
    (name, times), *_ = Counter(info.filename for info in infos).most_common(1)
    if times > 1:  # a row is known by the name of its file
        raise Unreadable(f"“{name}” is in the archive twice. {_AGAIN}")
    declared = sum(info.file_size for info in infos)
    if declared > MOST_BYTES:
        raise Unreadable(_too_large(f"{declared:,} bytes"))


def _reason(info: zipfile.ZipInfo) -> str:
    """Why an entry is not taken, or ""."""
    name = info.orig_filename
    if any(sign in name for sign in "/\\:\0") or name in {"", ".", ".."} or not name.isprintable():
        return "is in a folder, or no plain name."
    if len(name) > NAME_LENGTH:
        return f"has a name of over {NAME_LENGTH} characters."
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        return "is a link or a device, not a file."
    if info.flag_bits & 0x1:
        return "is locked with a password."
    if info.compress_type not in _METHODS:
        return "is packed in a way that is not read here."
    return ""


def _contents(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """What an entry really holds, whatever it declares."""
    found = bytearray()
    with archive.open(info) as packed:
        while chunk := packed.read(_CHUNK):
            found += chunk
            if len(found) > most:
                raise Unreadable(_too_large("more than it says"))
    return bytes(found)


def _too_large(size: str) -> str:
    return f"Unpacked, this archive has {size}; {MOST_BYTES:,} bytes are read. {_AGAIN}"
