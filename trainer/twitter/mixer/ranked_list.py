"""A whole ranked list as bytes, which later pages are cut from. Pure."""

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.trace import Served
from trainer.twitter.mixer.types import Level

_HEAD = struct.Struct(">I")  # how many bytes of JSON follow; the columns come after them
_COLUMNS = (("<i8", "ids"), ("<i8", "shown"), ("?", "in_network"), ("u1", "sources"))


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that could not be done, without which the timeline was made."""

    part: str
    why: str


@dataclass(frozen=True, eq=False, slots=True)
class RankedList:
    """What was served, and how it came about. `made_ms`: real time, `at_ms`: world time, both unix
    milliseconds."""

    served: Served
    level: Level
    reason: str
    missing: tuple[Missing, ...]
    quality: float
    made_ms: int
    at_ms: int

    def __len__(self) -> int:
        return len(self.served.ids)


def pack(ranked: RankedList) -> bytes:
    """About 16 kB for 200 entries, in a tenth of a millisecond."""
    served = ranked.served
    head = json.dumps(
        {
            "entries": len(ranked),
            "factors": list(served.factors),
            "level": ranked.level,
            "reason": ranked.reason,
            "missing": [[missing.part, missing.why] for missing in ranked.missing],
            "quality": ranked.quality,
            "made_ms": ranked.made_ms,
            "at_ms": ranked.at_ms,
        }
    ).encode()
    columns = [getattr(served, name).astype(dtype) for dtype, name in _COLUMNS]
    scores = (served.chances, served.score, *served.factors.values())
    columns += [each.astype("<f4") for each in scores]
    return b"".join([_HEAD.pack(len(head)), head, *(column.tobytes() for column in columns)])


def unpack(blob: bytes) -> RankedList:
    """What `pack` wrote."""
    (length,) = _HEAD.unpack_from(blob)
    head = json.loads(blob[_HEAD.size : _HEAD.size + length])
    n, names = head["entries"], head["factors"]
    place = _HEAD.size + length
    found: dict[str, Any] = {}
    shapes = [(dtype, name, n) for dtype, name in _COLUMNS]
    shapes += [("<f4", "chances", n * len(KINDS)), ("<f4", "score", n)]
    shapes += [("<f4", f"factor {name}", n) for name in names]
    for dtype, name, count in shapes:
        found[name] = np.frombuffer(blob, dtype, count, place)
        place += found[name].nbytes
    return RankedList(
        served=Served(
            **{name: found[name] for _, name in _COLUMNS},
            chances=found["chances"].reshape(n, len(KINDS)),
            factors={name: found[f"factor {name}"] for name in names},
            score=found["score"],
        ),
        level=head["level"],
        reason=head["reason"],
        missing=tuple(Missing(*pair) for pair in head["missing"]),
        quality=head["quality"],
        made_ms=head["made_ms"],
        at_ms=head["at_ms"],
    )
