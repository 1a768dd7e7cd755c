"""The costliest gap once points are judged: where the log shows none, the weakest topic. Pure."""

from trainer.catalog.numbers import fill
from trainer.interviews.grade.material import Material
from trainer.interviews.report.gap import NOTHING, costliest_gap
from trainer.interviews.report.topics import Topic

COVERED = "No gap was found: every point of what came up is in your words."


def gap_of(material: Material) -> str:
    """One sentence, or two."""
    sentence = costliest_gap(material.state, material.pack)
    if sentence != NOTHING:
        return sentence
    weakest = max(material.topics, key=lambda topic: len(_missing(material, topic)), default=None)
    missing = _missing(material, weakest) if weakest else []
    if weakest is None or not missing:
        return COVERED
    first = fill(material.pack.numbers, missing[0])
    head = f"Of “{weakest.title}” {len(missing)} of {len(weakest.points)} points were not found."
    return f"{head} The first: {first}"


def _missing(material: Material, topic: Topic) -> list[str]:
    if topic.kind == "trade_off":  # nobody decides all of them in one interview
        return []
    return [point.text for point in topic.points if not material.covered(point.id)]
