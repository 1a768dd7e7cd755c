"""Which entries of a timeline a reader sees: each tweet once.

The tweet itself if its author is followed, else the newest retweet of it by someone who is. So when
the shown retweet is deleted, the next one takes its place without anything being written.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

RETWEET = 3


class Reason(StrEnum):
    """Why an entry is not shown."""

    NOT_FOLLOWED = "not_followed"
    DELETED = "deleted"
    ORIGINAL_DELETED = "original_deleted"
    NATIVE_SHOWN = "native_shown"
    OWN = "own"
    NEWER_RETWEET = "newer_retweet"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides about one entry. The last three matter for a retweet only."""

    id: int
    author_id: int
    kind: int
    is_deleted: bool
    retweet_of: int | None = None
    original_author_id: int | None = None
    original_is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Canonical:
    kept: list[Candidate]
    dropped: list[tuple[Candidate, Reason]]


def canonicalise(
    candidates: Iterable[Candidate],
    *,
    reader: int,
    following: Container[int],
    seen: set[int],
) -> Canonical:
    """Sort out `candidates`, newest first.

    `seen`: the originals of which a newer retweet already stands above; those that are shown here
    are added to it, so that the next, older stretch can be given the same set.
    """
    result = Canonical([], [])
    for candidate in candidates:
        reason = _reason(candidate, reader, following, seen)
        if reason:
            result.dropped.append((candidate, reason))
            continue
        result.kept.append(candidate)
        if candidate.retweet_of is not None:
            seen.add(candidate.retweet_of)
    return result


def _reason(
    candidate: Candidate, reader: int, following: Container[int], seen: set[int]
) -> Reason | None:
    if candidate.author_id not in following:
        return Reason.NOT_FOLLOWED
    if candidate.is_deleted:
        return Reason.DELETED
    if candidate.kind != RETWEET:
        return None
    if candidate.original_is_deleted:
        return Reason.ORIGINAL_DELETED
    if candidate.original_author_id == reader:
        return Reason.OWN
    if candidate.original_author_id in following:
        return Reason.NATIVE_SHOWN
    return Reason.NEWER_RETWEET if candidate.retweet_of in seen else None
