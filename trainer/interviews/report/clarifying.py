"""Which clarifying questions were asked, which never, and which should not have been. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.catalog.schema import AvoidedQuestion, Pack, Question
from trainer.interviews.matching import Bank, questions_in
from trainer.interviews.script import question_bank
from trainer.interviews.state import Line, State

UNMATCHED = ("unmatched", "defer")  # the interviewer's replies to a question that is in no bank


@dataclass(frozen=True, slots=True)
class Put:
    """An essential question as it was put: the candidate's `words` in their message `said`."""

    question: Question
    words: str
    said: Line


@dataclass(frozen=True, slots=True)
class PutInVain:
    """A question that should not have been asked, as it was put."""

    question: AvoidedQuestion
    words: str
    said: Line


@dataclass(frozen=True, slots=True)
class Clarifying:
    """`unmatched` are the candidate's questions that no wording came near: (words, message)."""

    asked: tuple[Put, ...]
    never: tuple[Question, ...]
    avoidable: tuple[PutInVain, ...]
    unmatched: tuple[tuple[str, Line], ...]


def clarifying(state: State, pack: Pack) -> Clarifying:
    """The questions of an interview; a repeated one counts where it was first put."""
    bank, _ = question_bank(pack)
    said = {line.seq: line for line in state.said()}
    essential: dict[str, Line] = {}
    avoided: dict[str, Line] = {}
    for line in state.lines:
        if line.answers and line.to in said:
            essential.setdefault(line.answers, said[line.to])
        if line.flags and line.to in said:
            avoided.setdefault(line.flags, said[line.to])
    return Clarifying(
        asked=tuple(
            Put(question, _words(bank, essential[question.id], question.id), essential[question.id])
            for question in pack.clarify.essential
            if question.id in essential
        ),
        never=tuple(each for each in pack.clarify.essential if each.id not in essential),
        avoidable=tuple(
            PutInVain(
                question, _words(bank, avoided[question.id], question.id), avoided[question.id]
            )
            for question in pack.clarify.avoid
            if question.id in avoided
        ),
        unmatched=tuple(_unmatched(state, bank, said)),
    )


def _words(bank: Bank, said: Line, id_: str) -> str:
    """The sentences of a message that ask the question; the whole message when the bank has
    changed since and none does any more."""
    matches = [(text, bank.match(text)) for text in questions_in(said.text)]
    return " ".join(text for text, match in matches if match and match.id == id_) or said.text


def _unmatched(state: State, bank: Bank, said: dict[int, Line]) -> Iterator[tuple[str, Line]]:
    for line in state.lines:
        if line.name in UNMATCHED and line.to in said:
            message = said[line.to]
            texts = [text for text in questions_in(message.text) if bank.match(text) is None]
            yield " ".join(texts) or message.text, message
