"""What the grade is counted from. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.catalog.schema import Component, Pack
from trainer.interviews.grade.components import components, drawn
from trainer.interviews.grade.effective import Judged
from trainer.interviews.report.answers import Asked
from trainer.interviews.report.clarifying import Clarifying, clarifying
from trainer.interviews.report.evidence import all_words
from trainer.interviews.report.figures import Figure, figures
from trainer.interviews.report.topics import Topic, topics
from trainer.interviews.state import State

_WORD_SPLIT = ".,;:!?()[]\"'`"
A_SENTENCE = 6  # words from which an answer is one; as the interviewer counts it (script.SUBSTANCE)


@dataclass(frozen=True)
class Material:
    """A finished interview with its points as judged. `quiet_s`: the longest silence."""

    state: State
    pack: Pack
    judged: Mapping[str, Judged]
    quiet_s: float = 0.0

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return topics(self.state, self.pack)

    @cached_property
    def clarifying(self) -> Clarifying:
        return clarifying(self.state, self.pack)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return figures(self.state, self.pack)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        return components(self.state, self.pack)

    @cached_property
    def arrows(self) -> int:
        return len(drawn(self.state).arrows)

    @cached_property
    def different_words(self) -> int:
        """Of the messages and the outline, each counted once."""
        return len(different_words(words.text for words in all_words(self.state)))

    @cached_property
    def planned(self) -> frozenset[str]:
        """The ids of the phases that this interview was to have."""
        return frozenset(phase.id for phase in self.state.plan.phases)

    @cached_property
    def reached_all(self) -> bool:
        return len({visit.phase for visit in self.state.visits}) == len(self.state.plan.phases)

    def topics_of(self, kinds: Iterable[str]) -> tuple[Topic, ...]:
        wanted = set(kinds)
        return tuple(topic for topic in self.topics if topic.kind in wanted)

    def covered(self, point: str) -> bool:
        judged = self.judged.get(point)
        return judged is not None and judged.covered is True


def different_words(texts: Iterable[str]) -> set[str]:
    words = (word.strip(_WORD_SPLIT).lower() for text in texts for word in text.split())
    return {word for word in words if any(letter.isalpha() for letter in word)}


def answered(asked: Asked) -> bool:
    """Whether the answer has a sentence's worth of different words."""
    return len(different_words(line.text for line in asked.said)) >= A_SENTENCE
