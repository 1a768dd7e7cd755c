"""Which moments are worth a second answer. Pure, and the same for the same log."""

from collections.abc import Mapping, Sized

from trainer.interviews.report.answers import Asked
from trainer.interviews.report.topics import Topic

MOMENTS = 3


def moments(topics: tuple[Topic, ...], checks: Mapping[str, bool]) -> tuple[Asked, ...]:
    """The three moments to redo: first the traps and dives with the smallest share of points
    checked as covered, the shorter answer first; then the shortest answers to other questions."""
    main = [topic for topic in topics if topic.kind != "trade_off"]
    ranked = sorted(main, key=lambda topic: (_covered(topic, checks), topic.words))
    first = [topic.asked[0] for topic in ranked]
    rest = [asked for topic in topics for asked in topic.asked if asked not in first]
    return tuple([*first, *sorted(rest, key=lambda asked: asked.words)][:MOMENTS])


def _covered(topic: Topic, checks: Mapping[str, bool]) -> float:
    """The share of a topic's points that the candidate checked as covered, 0 to 1."""
    if not topic.points:
        return 0.0
    return sum(checks.get(point.id, False) for point in topic.points) / len(topic.points)


def moment(topics: tuple[Topic, ...], line: str) -> tuple[Topic, Asked] | None:
    """The topic and the question that an address names by the interviewer's `line`."""
    found = ((topic, asked) for topic in topics for asked in topic.asked)
    return next((each for each in found if each[1].line.name == line), None)


def least_redone(chosen: tuple[Asked, ...], redone: Mapping[str, Sized]) -> Asked | None:
    """The first of the chosen moments with the fewest second answers; None where none is chosen."""
    return min(chosen, key=lambda asked: len(redone.get(asked.line.name, ())), default=None)


def next_moment(
    chosen: tuple[Asked, ...], redone: Mapping[str, Sized], after: str = ""
) -> Asked | None:
    """The first of the chosen moments, other than `after`, without a second answer yet."""
    left = (each for each in chosen if each.line.name not in redone and each.line.name != after)
    return next(left, None)
