"""Interviews in memory with a grade of our choice: which points are covered, in which words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from tests.interviews.play import Play
from trainer.catalog.loader import load_pack
from trainer.catalog.schema import Pack
from trainer.grading.attempts import WHOLE
from trainer.grading.grades import AnswerGrade, Grade, PointGrade, Quote
from trainer.interviews.commands import Configure, Finish, Save
from trainer.interviews.grade.counted import Counted, counted
from trainer.interviews.grade.effective import Overrule, judged_points
from trainer.interviews.grade.material import Material
from trainer.interviews.grade.quiet import longest_quiet_s

ASKED = (
    "Is search in scope as well?",
    "How many daily active users do we have?",
    "What is the ratio of reads to writes?",
    "How fast must the timeline load?",
)
OUTLINE = "Client -> API Gateway -> Tweet Service -> Kafka -> Fan-out -> Redis\nSearch -> MySQL"
SENTENCES = {
    "high_level": "A client posts by the gateway, and fan-out copies the tweet into timelines.",
    "deep_dive": "Celebrities above the threshold of 100K followers are pulled at read time.",
    "scale": "I would rather pay on reads here, because a few accounts would fill every queue.",
    "wrap_up": "To sum up, the hybrid and its threshold were the key decision of this design.",
    "challenge": "Accounts with millions of followers make such a push far too expensive for us.",
}
MORE = (
    "Workers stay idle otherwise.",
    "Latency matters more than freshness.",
    "Nobody notices such delays.",
    "Storage grows slowly meanwhile.",
    "Retries need care though.",
    "Caches absorb most requests.",
    "Shards spread evenly by id.",
    "Monitoring shows when limits come near.",
)


@cache
def twitter() -> Pack:
    return load_pack(Path(__file__).parents[2] / "content" / "twitter")


def sat(
    format_id: str = "45",
    level: str = "senior",
    said: Mapping[str, str] = SENTENCES,
    asked: Iterable[str] = ASKED,
    outline: str = OUTLINE,
) -> Play:
    """All phases in time; in each, the same sentence to everything that is asked there, with
    another word each time."""
    play = Play(format_id, pack=twitter())
    play.do(Configure(format_id, level)).start()  # type: ignore[arg-type]
    for question in asked:
        play.later(30).say(question)
    began = play.state.started_at
    assert began
    for i, ends_s in enumerate(play.state.plan.ends_s[:-1], start=1):
        play.now = began + timedelta(seconds=ends_s)
        play.to(i)
        if outline and play.state.phase_id == "high_level":
            play.do(Save("outline", outline, 0))
        _talk(play, said.get(play.state.phase_id, ""), play.state.plan.phases[i].seconds)
    play.now = began + timedelta(seconds=play.state.plan.total_s - 5)
    return play.do(Finish())


def _talk(play: Play, sentence: str, length_s: float) -> None:
    for turn in range(8):
        play.later(length_s / 9)
        play.pulse()
        if sentence:
            more = MORE[turn] if len(sentence) > 20 else ""
            play.say("The first one." if _choosing(play) else f"{sentence} {more}".strip())


def _choosing(play: Play) -> bool:
    return play.names[-1] == "dive_offer"


def graded(
    play: Play,
    covered: Iterable[str] = (),
    notes: Mapping[str, str] = {},
    overrules: Sequence[Overrule] = (),
    why_not: str = "",
) -> Counted:
    """What is counted when the grader covers these points, all in the last message's first words;
    `notes` are of points that it does not."""
    wanted = set(covered)
    last = next(iter(play.state.said()[-1:]), None)
    quote = Quote("message", last.seq, 0, 9, last.text[:9]) if last else None
    points = tuple(
        PointGrade(id_, id_ in wanted, quote if id_ in wanted else None, 0.9, notes.get(id_, ""))
        for id_ in play.pack.points
    )
    answers = (AnswerGrade(WHOLE, () if why_not else points, why_not),)
    grade = Grade("offline", "fitted", "rubric", "", answers)
    judged = judged_points(play.pack, grade, play.state.checks, overrules)
    return counted(Material(play.state, play.pack, judged, longest_quiet_s(play.log)), grade)
