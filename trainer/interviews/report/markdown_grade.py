"""The grade of an interview as Markdown, for its export. Pure."""

from collections.abc import Callable

from trainer.interviews.grade.counted import Counted
from trainer.interviews.grade.effective import Judged
from trainer.interviews.grade.mistakes import Found
from trainer.interviews.grade.signals import Scored
from trainer.interviews.report.fences import fenced

Shown = Callable[[str], str]
CHECKS = {True: "[x]", False: "[ ]", None: "[?]"}
LEGEND = "Key points ([x] covered, [ ] not covered, [?] not judged yet):"
KINDS = {"made": "Made", "unmentioned": "Not mentioned", "avoided": "Avoided"}


def grade_parts(counted: Counted, error: str, shown: Shown) -> list[str]:
    """The verdict, its reason, the best moment and the signals; nothing while there is no grade."""
    judgement, grade = counted.judgement, counted.grade
    if judgement is None or grade is None:
        return []
    level = counted.material.state.level
    verdict = judgement.verdict.name if judgement.verdict else "No verdict"
    counts = f"from {judgement.counted} of {judgement.of} signals"
    parts = ["## Grade", f"**{verdict}** at {level} level, {counts}. {judgement.why}"]
    parts.append(f"Graded by: {grade.grader}, {grade.model}, rubric {grade.rubric}. {error}")
    if grade.fell_back:
        parts.append(grade.fell_back)
    if counted.best:
        parts += ["Best moment:", fenced(counted.best.quote.text)]
    return [*parts, *(_signal(each, counted, shown) for each in counted.scored)]


def _signal(scored: Scored, counted: Counted, shown: Shown) -> str:
    if scored.score is None:
        return f"**{scored.signal.name}: not enough evidence.** {scored.why}"
    name = counted.material.pack.signals.name_of(scored.score)
    said = "; ".join(each.said for each in scored.measured)
    facts = scored.why or f"{said[:1].upper()}{said[1:]}."
    typical = f"Typical of it: {shown(scored.anchor)}"
    return f"**{scored.signal.name}: {name}, {scored.score} of 4.** {facts} {typical}"


def point_parts(judged: Judged, shown: Shown) -> list[str]:
    """A point with all that is said of it, the words in a fence."""
    head = f"- {CHECKS[judged.covered]} {shown(judged.point.text)} ({judged.point.id})"
    said = [f"{each.who}: {_word(each.covered)}" for each in judged.overrules]
    if judged.own is not None:
        said.append(f"you: {_word(judged.own)}")
    machine = judged.machine
    if machine:
        said.append(
            f"grader: {_word(machine.covered)}" + (f" ({machine.note})" if machine.note else "")
        )
    lines = [head + (f". {'; '.join(said)}." if said else "")]
    if machine and machine.quote:
        lines.append(_indented(fenced(machine.quote.text)))
    return lines


def _word(covered: bool) -> str:
    return "covered" if covered else "not covered"


def _indented(text: str) -> str:
    """Inside the list's item."""
    return "\n".join(f"  {line}" for line in text.split("\n"))


def mistake_parts(mistakes: tuple[Found, ...], shown: Shown) -> list[str]:
    """The mistakes as graded, the made ones first."""
    parts = []
    for kind, title in KINDS.items():
        of_kind = [each for each in mistakes if each.kind == kind]
        parts += [f"{title} ({len(of_kind)}):"] if of_kind else []
        for each in of_kind:
            instead = "" if kind == "avoided" else f" Instead: {shown(each.mistake.instead)}"
            parts.append(f"- {each.mistake.name}.{instead}")
            parts += [_indented(fenced(each.quote.text))] if each.quote else []
    return parts
