"""The clarifying questions of a round: what was heard, and what comes of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer.catalog.numbers import fill
from trainer.catalog.schema import AvoidedQuestion, Pack, Question
from trainer.drills.log import Event, Log
from trainer.interviews.matching import questions_in
from trainer.interviews.script import question_bank

ASKED = "asked"  # text; heard: a list of words, question (id or ""), reply; reply (to a statement)
NOTE_WORDS = 4  # so short a text may ask without a question mark: "peak load"
CORRECTED = "corrected"  # asked (seq), nth, question: which one was meant ("": none of them)


@dataclass(frozen=True, slots=True)
class Heard:
    """One question of a message. `question` is the one recognised ("": none), `corrected` the one
    that the candidate says they meant (None: they said nothing)."""

    nth: int
    words: str
    question: str
    reply: str
    corrected: str | None = None

    @property
    def meant(self) -> str:
        return self.question if self.corrected is None else self.corrected


@dataclass(frozen=True, slots=True)
class Message:
    """What was sent at once. `reply` answers what asks nothing; a late one has no answer."""

    seq: int
    at: datetime
    text: str
    heard: tuple[Heard, ...]
    reply: str
    late: bool


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put, and when, in seconds of the round."""

    question: Question
    words: str
    second: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """`asked` in the order of asking, `never` in the content's. `early`: those asked before a
    question that should open. `wasted` are none of the essential ones, `repeated` were answered."""

    asked: tuple[Put, ...]
    never: tuple[Question, ...]
    forbidden: tuple[tuple[AvoidedQuestion, str], ...]
    wasted: tuple[Heard, ...]
    repeated: tuple[Heard, ...]
    early: tuple[Question, ...]
    late: tuple[Message, ...]

    @property
    def rating(self) -> int:
        """1 to 4: 4 for all of them and nothing forbidden."""
        share = len(self.asked) / (len(self.asked) + len(self.never))
        level = 4 if share == 1 else 3 if share >= 0.7 else 2 if share >= 0.4 else 1
        return max(1, level - bool(self.forbidden))


def hear(log: Log, pack: Pack, text: str, seed: int) -> dict[str, Any]:
    """The data of an `asked` event: each question in the text with its reply."""
    bank, questions = question_bank(pack)
    asked = questions_in(text)
    if not asked and len(text.split()) <= NOTE_WORDS and bank.match(text):
        asked = [text.strip()]
    told = {heard.question for message in messages(log) for heard in message.heard}
    heard: list[dict[str, str]] = []
    for words in asked:
        match = bank.match(words)
        id_ = match.id if match else ""
        if not id_:
            turn = seed + len(messages(log)) + len(heard)
            reply = pack.interviewer.unmatched[turn % len(pack.interviewer.unmatched)]
        else:
            reply = pack.interviewer.already_told if id_ in told else questions[id_].reply
            told.add(id_)
        heard.append({"words": words, "question": id_, "reply": fill(pack.numbers, reply)})
    reply = "" if heard else pack.interviewer.heard[seed % len(pack.interviewer.heard)]
    return {"text": text, "heard": heard, "reply": reply}


def messages(log: Log) -> tuple[Message, ...]:
    """What was sent, in order, with the corrections."""
    return tuple(_message(log, event) for event in log.of(ASKED))


def _message(log: Log, event: Event) -> Message:
    corrected = {
        each.data["nth"]: each.data["question"]
        for each in log.of(CORRECTED)
        if each.data["asked"] == event.seq
    }
    heard = (
        Heard(nth, each["words"], each["question"], each["reply"], corrected.get(nth))
        for nth, each in enumerate(event.data["heard"])
    )
    late = log.is_late(event.at)
    return Message(event.seq, event.at, event.data["text"], tuple(heard), event.data["reply"], late)


def outcome(log: Log, pack: Pack) -> Outcome:
    """What the round comes to. A late question does not count."""
    sent = messages(log)
    essential = {each.id: each for each in pack.clarify.essential}
    avoided = {each.id: each for each in pack.clarify.avoid}
    put: dict[str, Put] = {}
    forbidden, wasted, repeated = [], [], []
    for message, heard in _in_time(sent):
        if heard.meant in put:
            repeated.append(heard)
        elif heard.meant in essential:
            second = (message.at - log.started_at).total_seconds()
            put[heard.meant] = Put(essential[heard.meant], heard.words, second)
        elif heard.meant in avoided:
            forbidden.append((avoided[heard.meant], heard.words))
        else:
            wasted.append(heard)
    return Outcome(
        asked=tuple(put.values()),
        never=tuple(each for id_, each in essential.items() if id_ not in put),
        forbidden=tuple(forbidden),
        wasted=tuple(wasted),
        repeated=tuple(repeated),
        early=tuple(essential[id_] for id_ in _early(tuple(put), pack.clarify.opens)),
        late=tuple(message for message in sent if message.late),
    )


def _in_time(sent: Sequence[Message]) -> Iterator[tuple[Message, Heard]]:
    return ((message, heard) for message in sent if not message.late for heard in message.heard)


def _early(asked: Sequence[str], opens: Sequence[str]) -> list[str]:
    """Those asked ahead of a question that should open; of a missing one, all are."""
    last = max((asked.index(id_) if id_ in asked else len(asked) for id_ in opens), default=0)
    return [id_ for id_ in asked[:last] if id_ not in opens]
