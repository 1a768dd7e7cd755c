"""Which rubric a grade was made by. Pure."""

import hashlib
from typing import Final

from trainer.catalog.schema import Pack
from trainer.grading.attempts import rubric

LENGTH: Final = 16  # hexadecimal digits


def rubric_version(pack: Pack, weights: str) -> str:
    """Another one whenever a point, its numbers or patterns, or the fitted weights change.

    `weights`: their name, which is another for other numbers.
    """
    digest = hashlib.sha256()
    for point in rubric(pack.points.values(), pack):
        digest.update(f"{point.id}\0{point.text}\0".encode())
    digest.update(pack.grading.model_dump_json().encode())
    digest.update(f"\0{weights}".encode())
    return digest.hexdigest()[:LENGTH]
