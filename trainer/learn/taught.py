"""What a pack teaches, as sections of entries. Pure.

An entry's `id` is the content's own and the anchor on the page: search and cards lead to it.
"""

from dataclasses import dataclass

from trainer.catalog.fields import Model
from trainer.catalog.numbers import fill
from trainer.catalog.schema import Architecture, Pack, Point
from trainer.learn import further
from trainer.learn.further import NONE, Further


@dataclass(frozen=True, slots=True)
class Near:
    """Other entries of the page, as (id, title), what they are to this one, and what stands between
    two of them."""

    says: str
    entries: tuple[tuple[str, str], ...]
    between: str = ", "


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing taught. `taught` is the content, which the topic's template shows in full; `points`
    is what an answer must assert, each with the question that asks for it ("": none)."""

    id: str
    title: str
    taught: Model
    points: tuple[tuple[Point, str], ...] = ()
    further: Further = NONE
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading. `id` is the heading's anchor, `kind` names the template of an
    entry, `lead` is prose that comes first ("": none)."""

    id: str
    title: str
    kind: str
    entries: tuple[Entry, ...]
    lead: str = ""

    @property
    def template(self) -> str:
        return f"learn/_topic_{self.kind}.html"


def traps(pack: Pack) -> tuple[Section, ...]:
    entries = []
    for trap in pack.traps:
        asked = {each.point: each.ask for each in trap.follow_ups}
        points = tuple((point, asked.get(point.id, "")) for point in trap.points)
        on = further.of_trap(pack, trap.id, {point.id for point in trap.points})
        entries.append(Entry(trap.id, trap.title, trap, points, on))
    return (Section("questions", "The questions", "trap", tuple(entries)),)


def deep_dives(pack: Pack) -> tuple[Section, ...]:
    entries = []
    for dive in pack.deep_dives:
        shared = (pack.points[id_] for id_ in dive.shared_points)
        points = tuple((point, "") for point in (*dive.points, *shared))
        on = further.of_dive(pack, dive.id, {point.id for point, _ in points})
        entries.append(Entry(dive.id, dive.title, dive, points, on))
    return (Section("dives", "The deep dives", "dive", tuple(entries)),)


def trade_offs(pack: Pack) -> tuple[Section, ...]:
    decisions = tuple(
        Entry(each.id, each.title, each, ((each.point, ""),), further.of_decision(pack, each.id))
        for each in pack.trade_offs.decisions
    )
    steps = tuple(
        Entry(step.id, step.name, step, ((step.point, ""),) if step.point else ())
        for step in pack.trade_offs.steps
    )
    return (
        Section("decisions", "The decisions", "decision", decisions),
        Section("framework", "How to argue one", "step", steps),
    )


def mistakes(pack: Pack) -> tuple[Section, ...]:
    entries = tuple(
        Entry(
            each.id,
            each.name,
            each,
            ((each.point, ""),),
            further.of_mistake(pack, each.id, {each.point.id}),
        )
        for each in pack.mistakes
    )
    return (Section("mistakes", "The mistakes", "mistake", entries),)


def questions(pack: Pack) -> tuple[Section, ...]:
    on = Further(further.asking(pack))
    essential = tuple(
        Entry(each.id, each.topic, each, further=on) for each in pack.clarify.essential
    )
    avoid = tuple(Entry(each.id, fill(pack.numbers, each.ask), each) for each in pack.clarify.avoid)
    return (
        Section("essential", "Ask these", "essential", essential, pack.clarify.opens_why or ""),
        Section("avoid", "Leave these out", "avoid", avoid),
    )


def pacing(pack: Pack) -> tuple[Section, ...]:
    entries = tuple(Entry(each.id, each.name, each) for each in pack.formats)
    return (Section("formats", "The formats", "format", entries),)


def architecture(pack: Pack) -> tuple[Section, ...]:
    drawn = pack.architecture
    layers = [(layer.id, layer.name, drawn.components) for layer in drawn.layers]
    layers.append(("extended", "When time permits", drawn.extended))
    names = {each.id: each.name for each in (*drawn.components, *drawn.extended)}
    flows = []
    for flow in drawn.flows:
        path = Near("Path", tuple((id_, names[id_]) for id_ in flow.path), " → ")
        # A flow may be called like a component ("search"): both stand on this page.
        flows.append(Entry(f"flow-{flow.id}", flow.name, flow, near=(path,)))
    parts = [
        Section(
            f"layer-{id_}",
            name,
            "layer",
            tuple(
                Entry(
                    each.id,
                    each.name,
                    each,
                    further=further.of_component(pack, each.id),
                    near=_neighbours(drawn, each.id, names),
                )
                for each in components
                if each.layer == id_
            ),
        )
        for id_, name, components in layers
    ]
    return (*parts, Section("flows", "Flows to explain", "flow", tuple(flows)))


def _neighbours(drawn: Architecture, id: str, names: dict[str, str]) -> tuple[Near, ...]:
    """Where the arrows of the component `id` come from, and where they lead."""
    before = tuple((e.source, names[e.source]) for e in drawn.edges if e.target == id)
    after = tuple((e.target, names[e.target]) for e in drawn.edges if e.source == id)
    return tuple(near for near in (Near("From", before), Near("To", after)) if near.entries)
