"""What the page of a trap question shows, rung by rung. Nothing of the rubric before the reveal."""

import math
from datetime import timedelta
from typing import Any

from trainer.catalog.schema import Trap
from trainer.drills import after
from trainer.drills import trap_grades as grades
from trainer.drills import trap_rules as rules
from trainer.drills.drill import Page, Sitting
from trainer.grading.grades import AnswerGrade


def page(sitting: Sitting) -> Page:
    trap, stage = grades.trap_of(sitting), rules.stage(sitting.log)
    said = rules.answers(sitting.log)
    probed = sitting.log.last(rules.PROBED)
    context: dict[str, Any] = {
        "ask": trap.ask,
        "stage": stage,
        "said": said,
        "probe": probed.data["ask"] if probed else "",
        "not_sent": sitting.log.drafts.get(f"answer-{len(said) + 1}", ""),
    }
    if stage in {"answer", "probe"}:
        n = 1 if stage == "answer" else 2
        return Page(context, rules.deadline(sitting.log, n), box=f"answer-{n}")
    judged = grades.judged(sitting)
    context |= _grading_context(sitting)
    context["why_not"] = [grade.why_not for grade in judged.values() if grade.why_not]
    if stage == "answered":
        context |= _before_the_follow_up(trap, judged.get(1))
    if stage in {"revealed", "over"}:
        context |= _reveal_context(sitting, trap)
    return Page(context)


def _grading_context(sitting: Sitting) -> dict[str, Any]:
    rows = [row for row in grades.gradings(sitting) if row]
    return {
        "waiting": next((row for row in rows if row.is_active), None),
        "gradings": rows,
        "regradable": any(grades.may_repeat(row) for row in rows),
    }


def _before_the_follow_up(trap: Trap, judged: AnswerGrade | None) -> dict[str, Any]:
    if judged is None or not judged.gradable:
        return {}
    covered = sum(point.covered for point in judged.points)
    asks_more = rules.follow_up(trap, judged) is not None
    return {"found": covered, "of": len(trap.points), "asks_more": asks_more}


def _reveal_context(sitting: Sitting, trap: Trap) -> dict[str, Any]:
    rows = grades.rows(sitting)
    back = after.comes_back(sitting.round, trap.id)
    return {
        "trap": trap,
        "rows": rows,
        "covered": sum(bool(row.covered) for row in rows),
        "labs": [lab for lab in sitting.pack.labs if trap.id in lab.proves],
        "back_in_days": None
        if back is None
        else math.ceil((back - sitting.now) / timedelta(days=1)),
    }
