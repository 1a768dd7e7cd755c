"""The shape of a content pack: one YAML file per subject, one model per file.

Unknown keys are refused. Fields of type `Prose` are Markdown in which a number is named as
`{{n:slug}}`; fields of type `str` are plain words (names, labels, wordings to match).
"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from trainer.catalog.drill_schema import FlawedDesign, FollowUp, SpotPair, UnderFire
from trainer.catalog.estimation_schema import Task
from trainer.catalog.fields import Model, PointId, Prose, Slug, Words
from trainer.catalog.grading_schema import Patterns
from trainer.catalog.lab_schema import Lab, LabGroup, StandIn
from trainer.catalog.signals_schema import Signals

PhaseId = Literal["clarify", "high_level", "deep_dive", "scale", "wrap_up", "challenge"]
Status = Literal["confirmed", "derived", "assumption", "contested"]
Reading = Literal["read", "second-hand", "unverified"]
EngagementKind = Literal["like", "bookmark", "click", "profile_click", "reply", "retweet"]


# -- pack.yaml, formats.yaml -------------------------------------------------


class About(Model):
    """pack.yaml: what this pack is. `prompt` opens the interview ("Design Twitter.")."""

    title: Words
    prompt: Words
    summary: Prose


class Phase(Model):
    """One phase of a format. `minutes` is its length, not its end."""

    id: PhaseId
    name: Words
    minutes: Annotated[float, Field(gt=0, le=180)]
    focus: Prose
    tips: tuple[Prose, ...] = ()


class Format(Model):
    """A paced interview. The phases follow one another without gaps."""

    id: Slug
    name: Words
    summary: Prose
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    traps: Annotated[int, Field(ge=0, le=5)]  # how many trap questions are thrown

    @property
    def minutes(self) -> float:
        return sum(phase.minutes for phase in self.phases)


# -- numbers.yaml, sources.yaml ----------------------------------------------


class Source(Model):
    """A public source. `url` only where it is known."""

    id: Slug
    title: Words
    publisher: Words
    year: int
    url: Annotated[str, Field(pattern=r"^https://")] | None = None


class Citation(Model):
    """What a source says of a number, and how far that was checked. `locator`: where in it."""

    source: Slug
    locator: Words | None = None
    says: Prose
    reading: Reading


class Number(Model):
    """One number of the ledger. `text` is how prose shows it; `value` is in `unit`.

    `formula` is arithmetic over other slugs; it is evaluated by `check_content` and must give
    `value` within the relative `tolerance` (0 to 1). A number with a `key_group` is a key number
    to memorize: one line under that heading, on which its `companions` are shown too.
    """

    slug: Slug
    label: Words
    value: FiniteFloat
    unit: str
    text: Words
    status: Status
    worth: Prose  # what it is worth and why, in a sentence or two
    story: Prose | None = None  # of a contested number: who says what, and what to say yourself
    formula: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    tolerance: Annotated[float, Field(ge=0, le=1)] = 0.0
    cites: tuple[Citation, ...] = ()
    key_group: Words | None = None  # set on the key numbers: the heading they stand under
    key_text: Words | None = None  # how the list of key numbers shows it, where `text` is too short
    companions: tuple[Slug, ...] = ()  # other numbers on the same line of that list
    subject: Words | None = None  # the heading of a number that is no key number


# -- contradictions.yaml (may be missing) ------------------------------------


class Contradiction(Model):
    """Where what is taught contradicts itself. `told` is what the usual text says, `follows` what
    its own numbers (or a source) give, `say` what to say in the interview. `numbers`: what the
    case is about, shown with their formulas. `ask`: a question to answer aloud before `say` is
    read. `drill`: the drill in which the case comes up, as its address names it, and the `item`
    of it."""

    id: Slug
    title: Words
    told: Prose
    follows: Prose
    say: Prose
    numbers: tuple[Slug, ...] = ()
    ask: Prose | None = None
    drill: Slug | None = None
    item: Slug | None = None


# -- rubric ------------------------------------------------------------------


class Point(Model):
    """One rubric point: what an answer must assert to cover it."""

    id: PointId
    text: Prose


# -- clarify.yaml ------------------------------------------------------------


class Question(Model):
    """An essential clarifying question. `wordings` are other ways in which people ask it."""

    id: Slug
    ask: Prose
    topic: Words
    wordings: Annotated[tuple[Words, ...], Field(min_length=5)]
    why: Prose
    expected: Prose | None = None
    reply: Prose  # what the interviewer answers: at most two sentences


class AvoidedQuestion(Model):
    """A question not to ask. The interviewer answers neutrally; the report says why not."""

    id: Slug
    ask: Prose
    wordings: Annotated[tuple[Words, ...], Field(min_length=4)]
    why_not: Prose
    reply: Prose


class Clarify(Model):
    """`opens`: the essential questions to ask before the others, and `opens_why`."""

    essential: tuple[Question, ...]
    avoid: tuple[AvoidedQuestion, ...]
    opens: tuple[Slug, ...] = ()
    opens_why: Prose | None = None


# -- architecture.yaml -------------------------------------------------------


class Component(Model):
    id: Slug
    name: Words
    does: Prose
    layer: Slug
    aliases: tuple[Words, ...] = ()


class Layer(Model):
    id: Slug
    name: Words


class Edge(Model):
    source: Slug
    target: Slug


class Flow(Model):
    """A data flow to explain: the components in order, and a sentence on what happens."""

    id: Slug
    name: Words
    path: Annotated[tuple[Slug, ...], Field(min_length=2)]
    explain: Prose


class Architecture(Model):
    advice: Prose
    layers: tuple[Layer, ...]
    components: tuple[Component, ...]
    edges: tuple[Edge, ...]
    flows: tuple[Flow, ...]
    extended: tuple[Component, ...]  # to add when time permits; their layer is "extended"


# -- deep_dives.yaml ---------------------------------------------------------


class KeyPoint(Model):
    heading: Words
    items: Annotated[tuple[Prose, ...], Field(min_length=1)]


class DeepDive(Model):
    """`cues` are words of a candidate that suggest this dive; `probes` are follow-ups."""

    id: Slug
    title: Words
    when: Prose
    cues: Annotated[tuple[Words, ...], Field(min_length=3)]
    ask: Prose
    probes: Annotated[tuple[Prose, ...], Field(min_length=1)]
    key_points: tuple[KeyPoint, ...]
    insight: Prose
    points: tuple[Point, ...]
    shared_points: tuple[PointId, ...] = ()  # points of other groups that this dive also shows


# -- trade_offs.yaml ---------------------------------------------------------


class Decision(Model):
    """A trade-off that Twitter decided. `point` is what an answer must assert. `ask` puts the
    decision as a question that names no option; `takes` says which option was taken."""

    id: Slug
    title: Words
    ask: Prose | None = None
    takes: Literal["a", "b", "between"] | None = None
    option_a: Prose
    option_b: Prose
    choice: Prose
    why: Prose
    point: Point


class Step(Model):
    """A step of the trade-off framework. `ask` is what the interviewer says to draw it out.
    `point`: what a step of an answer must assert, whatever the decision."""

    id: Slug
    name: Words
    what: Prose
    example: Prose
    ask: Prose
    point: Point | None = None


class TradeOffs(Model):
    decisions: tuple[Decision, ...]
    steps: tuple[Step, ...]


# -- traps.yaml, mistakes.yaml -----------------------------------------------


class AnswerPart(Model):
    heading: Words | None = None
    text: Prose


class Trap(Model):
    """A trap question. `phases` are where it may be thrown, `follow_ups` what a drill asks next."""

    id: Slug
    title: Words
    ask: Prose
    phases: Annotated[tuple[PhaseId, ...], Field(min_length=1)]
    bad_answer: Prose | None = None
    bad_because: Prose | None = None
    good_answer: Annotated[tuple[AnswerPart, ...], Field(min_length=1)]
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    follow_ups: tuple[FollowUp, ...] = ()


class Mistake(Model):
    """A common mistake. `clears` are words whose presence speaks against having made it."""

    id: Slug
    name: Words
    why_bad: Prose
    instead: Prose
    clears: Annotated[tuple[Words, ...], Field(min_length=1)]
    point: Point


# -- walkthrough.yaml --------------------------------------------------------


class Line(Model):
    """One line of the sample interview. A `stage` line says what is drawn or explained."""

    who: Literal["interviewer", "candidate", "stage"]
    text: Prose
    points: tuple[PointId, ...] = ()


class WalkthroughPhase(Model):
    phase: PhaseId
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]


class Walkthrough(Model):
    title: Words
    format: Slug
    phases: tuple[WalkthroughPhase, ...]


# -- quick_reference.yaml ----------------------------------------------------


class ReferenceItem(Model):
    """`id` is the pack's own, so that a card made of the item survives a change of its words."""

    id: Slug
    text: Prose


class ReferenceSection(Model):
    """`ordered`: the items are steps, in their order."""

    id: Slug
    title: Words
    ordered: bool = False
    items: Annotated[tuple[ReferenceItem, ...], Field(min_length=1)]


class QuickReference(Model):
    title: Words
    sections: tuple[ReferenceSection, ...]


# -- interviewer.yaml --------------------------------------------------------


class Nudge(Model):
    """Said once when the share `at` (0 to 1) of the phase's planned time is used up."""

    at: Annotated[float, Field(gt=0, le=1)]
    text: Prose


class PhaseLines(Model):
    """What the interviewer says in a phase: on entering, and as time passes."""

    enter: tuple[Prose, ...] = ()
    nudges: tuple[Nudge, ...] = ()


class Interviewer(Model):
    """The lines of the scripted interviewer. Every line is at most two sentences.

    `heard`, `unmatched` and `defer` are said in turn. `offer_dives` names the two dives on
    offer as `{first}` and `{second}`. `defer` answers a design question that is asked back in a
    later phase ("What would you choose?").
    """

    heard: Annotated[tuple[Prose, ...], Field(min_length=2)]
    unmatched: Annotated[tuple[Prose, ...], Field(min_length=2)]
    defer: Annotated[tuple[Prose, ...], Field(min_length=1)]
    already_told: Prose
    offer_dives: Prose
    dive_unclear: Prose
    another_dive: Prose
    trade_off_intro: Prose
    trade_off_done: Prose
    closing: Prose
    phases: dict[PhaseId, PhaseLines]


# -- weights.yaml (may be missing) -------------------------------------------


class Weight(Model):
    """What an engagement is worth in a score: a `value`, or the ledger's `number` that holds it.
    `catch` says where the published weight is of a different act, or where none is published.
    Not negative: a score is multiplied by factors below 1, which would lift a negative one."""

    value: Annotated[FiniteFloat, Field(ge=0)] | None = None
    number: Slug | None = None
    catch: Prose | None = None


class OtherWeight(Model):
    """A published weight of an act that the mini Twitter does not have."""

    label: Words
    value: FiniteFloat


class WeightSet(Model):
    """Weights of the ranking's score: the sum of weight x predicted probability. `weights` has
    every kind of engagement once. `source` and `locator`: where the values were published."""

    id: Slug
    name: Words
    what: Prose
    source: Slug | None = None
    locator: Words | None = None
    weights: dict[EngagementKind, Weight]
    others: tuple[OtherWeight, ...] = ()


# -- the whole pack ----------------------------------------------------------


class Pack(Model):
    """Everything that one pack teaches. Built by `catalog.loader.load_pack`."""

    slug: Slug
    about: About
    formats: tuple[Format, ...]
    sources: tuple[Source, ...]
    numbers: tuple[Number, ...]
    clarify: Clarify
    architecture: Architecture
    deep_dives: tuple[DeepDive, ...]
    trade_offs: TradeOffs
    traps: tuple[Trap, ...]
    mistakes: tuple[Mistake, ...]
    walkthrough: Walkthrough
    quick_reference: QuickReference
    interviewer: Interviewer
    weights: tuple[WeightSet, ...] = ()
    lab_groups: tuple[LabGroup, ...] = ()
    labs: tuple[Lab, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    grading: Patterns = Patterns()
    signals: Signals = Signals()
    flawed: tuple[FlawedDesign, ...] = ()
    under_fire: UnderFire = UnderFire()
    spot: tuple[SpotPair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    estimation: tuple[Task, ...] = ()

    def format(self, format_id: str) -> Format | None:
        return next((each for each in self.formats if each.id == format_id), None)

    def trap(self, trap_id: str) -> Trap | None:
        return next((each for each in self.traps if each.id == trap_id), None)

    def deep_dive(self, dive_id: str) -> DeepDive | None:
        return next((each for each in self.deep_dives if each.id == dive_id), None)

    def weight_set(self, set_id: str) -> WeightSet | None:
        return next((each for each in self.weights if each.id == set_id), None)

    def lab(self, slug: str) -> Lab | None:
        return next((each for each in self.labs if each.slug == slug), None)

    def weight_values(self, weight_set: WeightSet) -> dict[EngagementKind, float]:
        """The value of each kind, out of the set itself or out of the ledger."""
        return {
            kind: self.ledger[each.number].value if each.number else each.value or 0.0
            for kind, each in weight_set.weights.items()
        }

    @property
    def step_points(self) -> dict[str, Point]:
        """What each step of an argument must assert, by id; they are no points of an interview."""
        steps = (step.point for step in self.trade_offs.steps if step.point)
        return {point.id: point for point in steps}

    @cached_property
    def ledger(self) -> dict[str, Number]:
        """Every number by slug."""
        return {number.slug: number for number in self.numbers}

    @property
    def key_numbers(self) -> tuple[Number, ...]:
        """The numbers to memorize, in the order of the ledger."""
        return tuple(number for number in self.numbers if number.key_group)

    @property
    def points(self) -> dict[str, Point]:
        """Every rubric point by id: traps, deep dives, trade-offs, mistakes."""
        groups = [trap.points for trap in self.traps]
        groups += [dive.points for dive in self.deep_dives]
        groups.append(tuple(decision.point for decision in self.trade_offs.decisions))
        groups.append(tuple(mistake.point for mistake in self.mistakes))
        return {point.id: point for group in groups for point in group}
