"""Cards with a question and its answer: what to ask, to decide and to avoid. Pure."""

from trainer.cards.deck.card import Card, Topic
from trainer.cards.deck.owning import about, tags
from trainer.catalog.schema import (
    AnswerPart,
    AvoidedQuestion,
    Component,
    Decision,
    DeepDive,
    Format,
    Mistake,
    Pack,
    Phase,
    Question,
    Step,
    Trap,
)


def question_cards(pack: Pack) -> list[Card]:
    """Why to ask each clarifying question, and why not to ask some others."""
    essential = [_question(pack, each) for each in pack.clarify.essential]
    return essential + [_avoided(pack, each) for each in pack.clarify.avoid]


def component_cards(pack: Pack) -> list[Card]:
    """What each component does, those to add when time permits included."""
    known = (*pack.architecture.components, *pack.architecture.extended)
    return [_component(pack, each) for each in known]


def trap_cards(pack: Pack) -> list[Card]:
    """Each trap question, with the outline of a good answer."""
    return [_trap(pack, each) for each in pack.traps]


def trade_off_cards(pack: Pack) -> list[Card]:
    """Each decision with its reason, and each step of the framework."""
    decisions = [_decision(pack, each) for each in pack.trade_offs.decisions]
    return decisions + [_step(pack, each) for each in pack.trade_offs.steps]


def insight_cards(pack: Pack) -> list[Card]:
    """What each deep dive comes down to."""
    return [_insight(pack, each) for each in pack.deep_dives]


def mistake_cards(pack: Pack) -> list[Card]:
    """Each common mistake: why it is one, and what to do instead."""
    return [_mistake(pack, each) for each in pack.mistakes]


def phase_cards(pack: Pack) -> list[Card]:
    """Each phase of each format: its length, and what it is for."""
    return [_phase(pack, each, phase) for each in pack.formats for phase in each.phases]


def _basic(pack: Pack, id: str, topic: Topic, title: str, sides: tuple[str, str], at: str) -> Card:
    return Card(
        id=id,
        kind="basic",
        topic=topic,
        title=title,
        front=sides[0],
        back=sides[1],
        tags=tags(topic, "basic"),
        about=about(pack.slug, topic, at),
    )


def _question(pack: Pack, question: Question) -> Card:
    front = f"You ask: “{question.ask}”\n\nWhat does that question bring you?"
    back = question.why + (f"\n\nExpect: {question.expected}" if question.expected else "")
    id = f"question:{question.id}"
    return _basic(pack, id, "clarify", f"Why ask: {question.topic}", (front, back), question.id)


def _avoided(pack: Pack, question: AvoidedQuestion) -> Card:
    sides = (f"“{question.ask}”\n\nWhy is that not a question to ask?", question.why_not)
    title = f"Why not ask: {question.wordings[0]}"
    return _basic(pack, f"avoid:{question.id}", "clarify", title, sides, question.id)


def _component(pack: Pack, component: Component) -> Card:
    sides = (f"**{component.name}**: what does it do?", component.does)
    title = f"What it does: {component.name}"
    return _basic(pack, f"component:{component.id}", "architecture", title, sides, component.id)


def _decision(pack: Pack, decision: Decision) -> Card:
    ask = decision.ask or "Which one, and why?"
    options = f"- {decision.option_a}\n- {decision.option_b}"
    front = f"**{decision.title}.** {ask}\n\n{options}"
    back = f"**{decision.choice}**\n\n{decision.why}"
    id = f"decision:{decision.id}"
    return _basic(pack, id, "trade-offs", decision.title, (front, back), decision.id)


def _step(pack: Pack, step: Step) -> Card:
    front = f"A step of every trade-off: **{step.name}**. What do you say there?"
    back = f"{step.what}\n\nFor example: {step.example}"
    return _basic(pack, f"step:{step.id}", "trade-offs", step.name, (front, back), step.id)


def _trap(pack: Pack, trap: Trap) -> Card:
    outline = "\n".join(f"- {_part(each)}" for each in trap.good_answer)
    not_this = f"\n\nNot: “{trap.bad_answer}” {trap.bad_because or ''}" if trap.bad_answer else ""
    sides = (trap.ask, outline + not_this)
    return _basic(pack, f"trap:{trap.id}", "traps", trap.title, sides, trap.id)


def _part(part: AnswerPart) -> str:
    return f"**{part.heading}.** {part.text}" if part.heading else part.text


def _mistake(pack: Pack, mistake: Mistake) -> Card:
    front = f"A mistake: **{mistake.name}**. Why, and what do you do instead?"
    back = f"{mistake.why_bad}\n\nInstead: {mistake.instead}"
    id = f"mistake:{mistake.id}"
    return _basic(pack, id, "mistakes", mistake.name, (front, back), mistake.id)


def _insight(pack: Pack, dive: DeepDive) -> Card:
    front = f"**{dive.title}**. Which insight do you close this deep dive with?"
    title = f"The insight: {dive.title}"
    return _basic(pack, f"insight:{dive.id}", "deep-dives", title, (front, dive.insight), dive.id)


def _phase(pack: Pack, format: Format, phase: Phase) -> Card:
    front = f"An interview of {format.name}, phase **{phase.name}**: how long, and what for?"
    tips = "\n".join(f"- {tip}" for tip in phase.tips)
    back = f"**{phase.minutes:g} minutes.** {phase.focus}" + (f"\n\n{tips}" if tips else "")
    id = f"phase:{format.id}:{phase.id}"
    title = f"{format.name}: {phase.name}"
    return _basic(pack, id, "pacing", title, (front, back), f"{format.id}-{phase.id}")
