"""An interview as a grader takes it: the questions, the candidate's words, the rubric points. Pure.

`attempt` is the one call. What it gives knows nothing of interviews, events or the database.
"""

from collections.abc import Iterable

from trainer.catalog.schema import Pack
from trainer.grading.attempts import WHOLE, Answer, Attempt, Words, rubric
from trainer.interviews.report.topics import topics
from trainer.interviews.state import Line, State


def attempt(state: State, pack: Pack) -> Attempt:
    """The evidence of a finished interview: an answer for each topic that came up, and last the
    whole interview against every point of the pack."""
    answers = [
        Answer(
            topic=topic.anchor,
            asks=tuple(asked.line.text for asked in topic.asked),
            words=_messages(line for asked in topic.asked for line in asked.said),
            points=rubric(topic.points, pack),
        )
        for topic in topics(state, pack)
    ]
    whole = Answer(WHOLE, (), all_words(state), rubric(pack.points.values(), pack))
    return Attempt(pack.slug, state.level, (*answers, whole))


def all_words(state: State) -> tuple[Words, ...]:
    """Everything that counts: the messages in order, then the outline."""
    outline = state.text_of("outline").on_time
    drawn = (Words("outline", 0, 0, len(outline), outline, late=False),) if outline else ()
    return _messages(state.said()) + drawn


def _messages(lines: Iterable[Line]) -> tuple[Words, ...]:
    return tuple(
        Words("message", line.seq, 0, len(line.text), line.text, line.late) for line in lines
    )
