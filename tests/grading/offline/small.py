"""A small pack of patterns for the engine's tests: whom to push to, and by which line."""

from trainer.catalog.grading_schema import Frame, Patterns, PointPatterns
from trainer.grading.attempts import Answer, RubricPoint, Words
from trainer.grading.offline.fitted import Fitted
from trainer.grading.offline.rubric import CompiledRubric, compile_patterns

CONCEPTS = {
    "push": ("push", "fan out", "copy ... inbox"),
    "pull": ("pull", "fetch", "merge ... read"),
    "celebrity": ("celebrity", "star", "whale", "over|above #10K..10M"),
    "regular": ("regular|normal|ordinary user|people|account", "everyone else", "the rest"),
    "follower": ("follower",),
    "asymmetry": ("asymmetr*",),
    "line": ("threshold ... #20K..1M", "#20K..1M follower", "over|above #20K..1M"),
    "soon": ("#0.2..5 s|sec|second*",),
    "bot": ("bot", "script"),
    "filter": ("filter", "drop", "throw out"),
    "few": ("@celebrity only",),
}
OPPOSITES = (("push", "pull"), ("celebrity", "regular"))
EXAMPLES = (
    "Push for regular users and pull for celebrities.",
    "celebs: pull at read",
    "Stars are fetched when the reader opens the app, everyone else gets a copy at once.",
)


def point(*frames: Frame, against: tuple[Frame, ...] = ()) -> PointPatterns:
    return PointPatterns(
        frames=frames,
        against=against,
        examples=EXAMPLES,
        near_misses=("Celebrities are pushed and regular users are pulled.",),
    )


POINTS = {
    "t1.4": point(
        Frame(need=("celebrity", "pull"), bound=True),
        against=(Frame(need=("celebrity", "push"), bound=True),),
    ),
    "t1.1": point(Frame(need=("regular", "push"), bound=True)),
    "t1.5": point(Frame(need=("line",), within="clause")),
    "t1.6": point(Frame(need=("asymmetry", "follower"), within="pair")),
    "t5.2": point(Frame(need=("bot", "filter"), within="clause")),
    "t3.5": point(Frame(need=("soon",), within="clause")),
}


def small_rubric() -> CompiledRubric:
    return compile_patterns(Patterns(concepts=CONCEPTS, opposites=OPPOSITES, points=POINTS))


def said(*texts: str, asks: tuple[str, ...] = ()) -> Answer:
    """An answer of one message or more, judged on every point of the small pack."""
    words = tuple(
        Words("message", seq, 7, 7 + len(text), text) for seq, text in enumerate(texts, start=1)
    )
    return Answer("t1", asks, words, tuple(RubricPoint(each, each) for each in POINTS))


def anything(weights: Fitted) -> Fitted:
    """The weights with the threshold at nothing: frames alone decide."""
    return Fitted(weights.model, 0.0, 2.0, "frames alone")
