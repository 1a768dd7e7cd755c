"""An interview as one Markdown text. Pure: `shown` turns the pack's prose into plain text.

What a person typed stands in fences longer than any run of backticks in it, so that it stays
whole, to the letter, and nothing in it becomes Markdown or HTML.
"""

from collections.abc import Callable, Iterator, Sequence

from trainer.catalog.schema import DeepDive, Number, Pack, TradeOffs, Trap
from trainer.interviews.grade.counted import Counted
from trainer.interviews.report.clarifying import clarifying
from trainer.interviews.report.facts import facts
from trainer.interviews.report.fences import fenced
from trainer.interviews.report.figures import Figure
from trainer.interviews.report.markdown_grade import (
    LEGEND,
    grade_parts,
    mistake_parts,
    point_parts,
)
from trainer.interviews.report.minutes import phase_minutes
from trainer.interviews.report.mistakes import Touched, mistakes_to_look_at
from trainer.interviews.report.topics import Topic
from trainer.interviews.state import State
from trainer.lib.times import clock_time

Shown = Callable[[str], str]


def export(
    counted: Counted, error: str, shown: Shown, appendices: Sequence[Sequence[str]] = ()
) -> str:
    """The whole interview: facts, grade (whose `error` is told), questions, topics with their
    points, texts and transcript. Then the `appendices`, each as its paragraphs of Markdown."""
    state, pack = counted.material.state, counted.material.pack
    parts = [
        _facts(counted),
        grade_parts(counted, error, shown),
        _minutes(state),
        _questions(state, pack, shown),
        *(_topic(topic, counted, shown) for topic in counted.material.topics),
        _figures(counted.material.figures),
        _mistakes(counted, shown),
        _texts(state),
        _transcript(state),
        *appendices,
    ]
    return "\n\n".join("\n\n".join(part) for part in parts if part) + "\n"


def _facts(counted: Counted) -> list[str]:
    pack = counted.material.pack
    known = facts(counted.material.state, pack)
    started = known.started_at.strftime("%d %B %Y, %H:%M UTC") if known.started_at else ""
    length = f"{known.used} of {known.planned}" if known.planned else f"{known.used}, untimed"
    return [
        f"# {pack.about.title}: mock interview",
        f"{known.format}, {known.level}, {started}. Time used: {length}. {known.ended}",
        f"{known.words:,} words in {known.messages} messages; {known.essential} of "
        f"{known.essential_of} essential questions asked. {counted.gap}",
    ]


def _minutes(state: State) -> list[str]:
    rows = [f"- {row.sentence}" for row in phase_minutes(state)]
    return ["## Minutes by phase", "\n".join(rows)]


def _questions(state: State, pack: Pack, shown: Shown) -> list[str]:
    found = clarifying(state, pack)
    parts = ["## Clarifying questions"]
    for put in found.asked:
        parts += [f"Asked at {clock_time(put.said.elapsed_s)}: {shown(put.question.ask)}"]
        parts += [fenced(put.words)]
    for question in found.never:
        expected = f" Expected: {shown(question.expected)}" if question.expected else ""
        parts += [f"Never asked: {shown(question.ask)} {shown(question.why)}{expected}"]
    for vain in found.avoidable:
        parts += [f"Better not asked: {shown(vain.question.ask)} {shown(vain.question.why_not)}"]
        parts += [fenced(vain.words)]
    for words, said in found.unmatched:
        parts += [f"Not in the list, at {clock_time(said.elapsed_s)}:", fenced(words)]
    return parts


def _topic(topic: Topic, counted: Counted, shown: Shown) -> list[str]:
    parts = [f"## {topic.title}"]
    redone_of = counted.material.state.redone
    for asked in topic.asked:
        parts.append(f"**Interviewer, {clock_time(asked.line.elapsed_s)}:** {asked.line.text}")
        parts += [fenced(line.text) for line in asked.said] or ["No answer follows this question."]
        for i, redone in enumerate(redone_of.get(asked.line.name, ()), start=1):
            parts += [f"Answer {i + 1}, in {clock_time(redone.seconds)}:", fenced(redone.text)]
    why_not = counted.why_not(topic.anchor)
    points = [
        line for point in topic.points for line in point_parts(counted.judged[point.id], shown)
    ]
    told = [f"Not graded: {why_not}"] if why_not else []
    return [*parts, *told, LEGEND, "\n".join(points), *_content(topic.content, shown)]


def _content(content: Trap | DeepDive | TradeOffs, shown: Shown) -> Iterator[str]:
    """The model answer."""
    if isinstance(content, Trap):
        for part in content.good_answer:
            yield f"**{part.heading or 'A good answer'}.** {shown(part.text)}"
        if content.bad_answer:
            because = shown(content.bad_because or "")
            yield f"**A bad answer:** {shown(content.bad_answer)} {because}"
    elif isinstance(content, DeepDive):
        for key in content.key_points:
            yield f"**{key.heading}.** " + " ".join(shown(item) for item in key.items)
        yield f"**Key insight.** {shown(content.insight)}"
    else:
        for step in content.steps:
            yield f"**{step.name}.** {shown(step.what)} For example: {shown(step.example)}"


def _figures(figures: tuple[Figure, ...]) -> list[str]:
    rows = [f"- {_figure(figure)}" for figure in figures if figure.in_ledger]
    others = [figure.written for figure in figures if not figure.in_ledger]
    rows += [f"- Not judged: {'; '.join(others)}"] if others else []
    rule = "Judged only where your words tell which number you meant."
    return ["## Numbers used", rule, "\n".join(rows)] if rows else []


def _figure(figure: Figure) -> str:
    if figure.meant:
        return f"{figure.written}: wrong; {figure.meant.label} is {figure.meant.text} here"
    same = f" (the same value: {_labels(figure.same_value)})" if figure.same_value else ""
    if not figure.numbers:
        return f"{figure.written}: not judged{same}"
    return f"{figure.written}: {figure.verdict}, {_labels(figure.numbers)}{same}"


def _labels(numbers: tuple[Number, ...]) -> str:
    return "; ".join(number.label for number in numbers)


def _mistakes(counted: Counted, shown: Shown) -> list[str]:
    found = mistakes_to_look_at(counted.material.state, counted.material.pack)
    parts = ["## Common mistakes"]
    if found.short:
        parts.append("An attempt with so few phases has no room for most of these.")
    if counted.mistakes:
        return [*parts, *mistake_parts(counted.mistakes, shown)]
    parts.append("A search for words, not a judgement.")
    if found.unmentioned:
        rows = (f"- {each.name}. Instead: {shown(each.instead)}" for each in found.unmentioned)
        parts += ["Not mentioned in your text:", "\n".join(rows)]
    if found.touched:
        parts += ["You touched on these:", "\n".join(_touched(each) for each in found.touched)]
    return parts


def _touched(found: Touched) -> str:
    return f"- You wrote “{found.quote.word}”, which bears on: {found.mistake.name}."


def _texts(state: State) -> list[str]:
    parts: list[str] = []
    for name, heading in (
        ("outline", "Outline"),
        ("draft", "Draft that was never sent"),
        ("notes", "Private notes (never graded)"),
    ):
        field = state.text_of(name)
        if field.late and field.on_time.strip():
            parts += [f"## {heading} at the deadline", fenced(field.on_time)]
        if field.text.strip():
            late = ", changed after the deadline" if field.late else ""
            parts += [f"## {heading}{late}", fenced(field.text)]
    if state.kept:
        parts.append("## Kept beside the record")
    for kept in state.kept:
        parts += [f"{kept.field.capitalize()}, {kept.why}:", fenced(kept.text)]
    return parts


def _transcript(state: State) -> list[str]:
    parts = ["## Transcript"]
    for line in state.lines:
        late = ", late" if line.late else ""
        who = f"**{line.who.capitalize()}, {clock_time(line.elapsed_s)}{late}:**"
        if line.who == "interviewer":
            parts.append(f"{who} {line.text}")
        else:
            parts += [who, fenced(line.text)]
    return parts
