"""The scripted interviewer: what they say, given what has happened. Pure.

Every function takes the state and the pack, and gives the lines to add to the log. All words are
content; chance is the interview's seed, so that the same log always gives the same interview.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from trainer.catalog.schema import AvoidedQuestion, Pack, PhaseLines, Question
from trainer.interviews import dives, traps
from trainer.interviews.events import Replied
from trainer.interviews.matching import Bank, questions_in
from trainer.interviews.state import State
from trainer.interviews.voice import speak

QUIET_S = 20.0  # unprompted, the interviewer keeps silent for so long after each line
SUBSTANCE = 6  # words from which a message counts as an answer that earns the next question


def opening(pack: Pack) -> Replied:
    """The first line of every interview."""
    return speak(pack, "opening", pack.about.prompt)


def on_phase(state: State, pack: Pack) -> tuple[Replied, ...]:
    """What is said when the candidate enters the phase that they are now in, once a phase."""
    enter = _lines(state, pack).enter
    named = [(f"enter:{state.phase_id}:{i}", text) for i, text in enumerate(enter)]
    spoken = state.spoken()
    said = tuple(speak(pack, name, text) for name, text in named if name not in spoken)
    if state.phase_id == "deep_dive":
        said += dives.offer(state, pack)
    if state.phase_id == "challenge":
        said += _trap(state, pack, elapsed_s=0.0)
    return said


def on_message(state: State, pack: Pack, elapsed_s: float) -> tuple[Replied, ...]:
    """What is said to the candidate's last message: to each question its answer; else the next
    thing to ask; else a word that says it was heard."""
    message = state.said()[-1]
    answers = _answers(state, pack, message.seq, questions_in(message.text))
    if answers:
        return answers
    choosing = dives.is_choosing(state)
    if choosing or len(message.text.split()) >= SUBSTANCE:
        trap = () if choosing else _trap(state, pack, elapsed_s)
        ask = trap or _agenda(state, pack, message.text)
        if ask:
            return ask
    return (_in_turn(state, pack, "heard", pack.interviewer.heard, to=message.seq),)


def on_time(state: State, pack: Pack, elapsed_s: float) -> tuple[Replied, ...]:
    """What is due by the clock: a trap, or a nudge of the phase. One line at most."""
    last_s = max((line.elapsed_s for line in state.lines if line.name), default=0.0)
    if elapsed_s - last_s < QUIET_S:
        return ()
    return _trap(state, pack, elapsed_s) or _nudge(state, pack, elapsed_s)


def on_finish(pack: Pack) -> tuple[Replied, ...]:
    """The last line."""
    return (speak(pack, "closing", pack.interviewer.closing),)


def _lines(state: State, pack: Pack) -> PhaseLines:
    # A mapping is invariant in its keys; a phase that the pack does not know just has no lines.
    phases: Mapping[str, PhaseLines] = pack.interviewer.phases  # type: ignore[assignment]
    return phases.get(state.phase_id, PhaseLines())


def _in_turn(state: State, pack: Pack, name: str, texts: Sequence[str], to: int) -> Replied:
    """One of several ways to say the same: each in its turn, starting where the seed says."""
    count = sum(line.name == name for line in state.lines)
    return speak(pack, name, texts[(state.seed + count) % len(texts)], to)


def _trap(state: State, pack: Pack, elapsed_s: float) -> tuple[Replied, ...]:
    trap = traps.due(state, pack, elapsed_s)
    return (speak(pack, f"trap:{trap.id}", trap.ask),) if trap else ()


def _agenda(state: State, pack: Pack, text: str) -> tuple[Replied, ...]:
    if state.phase_id == "deep_dive":
        return dives.next_ask(state, pack, text)
    if state.phase_id == "scale":
        return _next_step(state, pack)
    return ()


def _next_step(state: State, pack: Pack) -> tuple[Replied, ...]:
    """The trade-off by its five steps: one question for each answer."""
    intro = ("trade_off", pack.interviewer.trade_off_intro)
    steps = [(f"step:{step.id}", step.ask) for step in pack.trade_offs.steps]
    done = ("trade_off_done", pack.interviewer.trade_off_done)
    spoken = state.spoken()
    left = [each for each in (intro, *steps, done) if each[0] not in spoken]
    now = left[:2] if left[:1] == [intro] else left[:1]  # the first step comes with the intro
    return tuple(speak(pack, name, text) for name, text in now)


def _nudge(state: State, pack: Pack, elapsed_s: float) -> tuple[Replied, ...]:
    """The latest nudge that is due in this phase, unless it or a later one was given."""
    lines = _lines(state, pack)
    if state.plan.untimed:
        return ()
    planned = state.plan.phases[state.phase]
    start_s = state.plan.ends_s[state.phase] - planned.seconds
    share = (elapsed_s - start_s) / planned.seconds
    due = [i for i, nudge in enumerate(lines.nudges) if nudge.at <= share]
    names = [f"nudge:{state.phase_id}:{i}" for i in range(len(lines.nudges))]
    if not due or state.spoken() & set(names[due[-1] :]):
        return ()
    return (speak(pack, names[due[-1]], lines.nudges[due[-1]].text),)


def _answers(state: State, pack: Pack, seq: int, asked: Sequence[str]) -> tuple[Replied, ...]:
    """One reply to each question that is known, and one for all that are not.

    After the clarifying phase a question amid an answer is rhetoric ("What about celebrities?
    Those we pull."): only one that ends the message is taken as asked.
    """
    clarifying = state.phase_id == "clarify"
    if not clarifying:
        asked = asked[-1:] if state.said()[-1].text.rstrip().endswith("?") else ()
    bank, questions = question_bank(pack)
    matched = [bank.match(sentence) for sentence in asked]
    known = list(dict.fromkeys(match.id for match in matched if match))
    replies = [_answer(state, pack, questions[id_], seq) for id_ in known]
    if None in matched:
        name = "unmatched" if clarifying else "defer"
        texts = pack.interviewer.unmatched if clarifying else pack.interviewer.defer
        replies.append(_in_turn(state, pack, name, texts, to=seq))
    return tuple(replies)


def _answer(state: State, pack: Pack, question: Question | AvoidedQuestion, seq: int) -> Replied:
    """The reply to one question; asked again, a reminder that it was answered."""
    name = f"question:{question.id}"
    text = pack.interviewer.already_told if name in state.spoken() else question.reply
    reply = speak(pack, name, text, to=seq)
    if isinstance(question, AvoidedQuestion):
        return replace(reply, flags=question.id)
    return replace(reply, answers=question.id)


@lru_cache(maxsize=8)
def _bank(questions: tuple[Question | AvoidedQuestion, ...]) -> Bank:
    avoided = frozenset(each.id for each in questions if isinstance(each, AvoidedQuestion))
    return Bank({each.id: (each.ask, *each.wordings) for each in questions}, avoided)


def question_bank(pack: Pack) -> tuple[Bank, dict[str, Question | AvoidedQuestion]]:
    """The clarifying questions of a pack, to match with and by id."""
    questions: tuple[Question | AvoidedQuestion, ...] = (
        *pack.clarify.essential,
        *pack.clarify.avoid,
    )
    return _bank(questions), {each.id: each for each in questions}
