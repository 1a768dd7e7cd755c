"""Lists of account ids as packed u32, little-endian: 4 bytes an account. Pure."""

import numpy as np
import numpy.typing as npt

from trainer.twitter.keys import BUCKETS

Ids = npt.NDArray[np.uint32]
DTYPE = np.dtype("<u4")


def pack(ids: Ids) -> bytes:
    return ids.astype(DTYPE, copy=False).tobytes()


def unpack(blob: bytes) -> Ids:
    return np.frombuffer(blob, dtype=DTYPE)


def by_bucket(ids: Ids) -> Ids:
    """Sorted by (bucket, id): what a script call takes is then a slice."""
    return ids[np.lexsort((ids, ids % BUCKETS))]


def from_postgres(sent: bytes) -> Ids:
    """What `array_send(int4[])` gives: a 20-byte header, then (length, value) for each element.
    A hundred thousand ids take a fraction of a millisecond; as Python's they take many."""
    if len(sent) <= 20:  # an empty array has no dimension
        return np.empty(0, dtype=DTYPE)
    return np.frombuffer(sent, dtype=">i4", offset=20)[1::2].astype(DTYPE)
