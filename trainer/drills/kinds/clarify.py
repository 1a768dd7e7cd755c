"""Clarifying questions: an interviewer who hides facts, and five minutes to ask for them."""

from collections.abc import Sequence

from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.drills import clarify_rules as rules
from trainer.drills.drill import Drill, Page, Result, Sitting
from trainer.drills.log import FINISHED, Body, finished, kept, started
from trainer.drills.typed import Refused

SECONDS = 5 * 60
ITEM = "all"  # the round as a whole is what comes back
ENDS = {FINISHED, rules.CORRECTED}  # a correction after the end changes what was covered
OVER = "This round is over. Start another one."


def _items(pack: Pack) -> Sequence[str]:
    return [ITEM] if pack.clarify.essential else []


def _begin(_: Pack, __: int, ___: str) -> Body:
    return started([ITEM], SECONDS)


def _ask(sitting: Sitting) -> Sequence[Body]:
    if sitting.log.finished_at:
        raise Refused(OVER)
    text = sitting.typed.needed("text", "There is nothing to ask yet. Type a question first.")
    if sitting.log.is_late(sitting.now):  # kept, and nobody answers
        return [Body(rules.ASKED, {"text": text, "heard": [], "reply": ""})]
    return [Body(rules.ASKED, rules.hear(sitting.log, sitting.pack, text, sitting.round.seed))]


def _correct(sitting: Sitting) -> Sequence[Body]:
    """Another question was meant than was recognised. Which one can be said after the round: the
    list of them is not shown before."""
    place = f"{sitting.typed.one('asked')}.{sitting.typed.one('nth')}"
    places = {f"{m.seq}.{h.nth}": (m, h) for m in rules.messages(sitting.log) for h in m.heard}
    if place not in places:
        raise Refused("That question is not in this round. Reload the page.")
    message, heard = places[place]
    question = sitting.typed.one("question")
    known = {"", *(each.id for each in sitting.pack.clarify.essential)}
    if question not in known or (question and not sitting.log.finished_at):
        raise Refused("Choose one of the questions in the list, or none of them.")
    if question == heard.meant:
        return []
    return [Body(rules.CORRECTED, {"asked": message.seq, "nth": heard.nth, "question": question})]


def _finish(sitting: Sitting) -> Sequence[Body]:
    if sitting.log.finished_at:
        return []
    return [*kept(sitting.typed.one("box"), sitting.typed.one("text")), finished()]


def _then(sitting: Sitting, bodies: Sequence[Body]) -> Sequence[Result]:
    if not sitting.log.finished_at or not any(body.kind in ENDS for body in bodies):
        return ()
    outcome = rules.outcome(sitting.log, sitting.pack)
    points = {put.question.id: True for put in outcome.asked}
    points |= {question.id: False for question in outcome.never}
    return [Result(ITEM, outcome.rating, points)]


def _page(sitting: Sitting) -> Page:
    sent = rules.messages(sitting.log)
    if not sitting.log.finished_at:
        late = sitting.log.is_late(sitting.now)
        context = {"messages_sent": sent, "late": late}
        return Page(context, sitting.log.deadline, box=f"ask-{len(sent)}")
    outcome = rules.outcome(sitting.log, sitting.pack)
    unsent = sitting.log.drafts.get(f"ask-{len(sent)}", "")
    clarify = sitting.pack.clarify
    choices = [(each.id, plain(sitting.pack, each.ask)) for each in clarify.essential]
    asks = dict(choices) | {each.id: plain(sitting.pack, each.ask) for each in clarify.avoid}
    over = {"over": outcome, "asks": asks, "choices": choices, "not_sent": unsent}
    return Page({"messages_sent": sent, **over})


def _summary(sitting: Sitting) -> dict[str, int]:
    outcome = rules.outcome(sitting.log, sitting.pack)
    return {"asked": len(outcome.asked), "of": len(outcome.asked) + len(outcome.never)}


DRILL = Drill(
    slug="clarify",
    title="Clarifying questions",
    trains="Ask an interviewer, who says nothing unasked, for what your design depends on.",
    minutes=5,
    template="drills/clarify.html",
    items=_items,
    begin=_begin,
    page=_page,
    commands={"ask": _ask, "correct": _correct, "finish": _finish},
    then=_then,
    summary=_summary,
)
