"""What each part of a pack says of the others: ids that are there, and once. Pure.

Every function in CHECKS reads the parts that its parameters name, and yields lines of the form
`file:field: expected ...`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, get_args

from trainer.catalog import (
    drill_checks,
    estimation_checks,
    grading_checks,
    lab_checks,
    ledger_checks,
    practice_checks,
    reading_checks,
    signals_checks,
)
from trainer.catalog.numbers import ledger_errors
from trainer.catalog.schema import (
    Architecture,
    Clarify,
    Component,
    DeepDive,
    EngagementKind,
    Format,
    Interviewer,
    Mistake,
    Number,
    Source,
    TradeOffs,
    Trap,
    Walkthrough,
    Weight,
    WeightSet,
)


def _twice(file: str, what: str, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            yield f"{file}:[{each}]: expected each {what} once, but {each} is there twice"
        seen.add(each)


def _unknown(where: str, what: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for each in ids:
        if each not in known:
            yield f"{where}: expected {what}, but there is no {each}"


def _formats(formats: tuple[Format, ...]) -> Iterator[str]:
    yield from _twice("formats.yaml", "format", (each.id for each in formats))
    for each in formats:
        phases = (phase.id for phase in each.phases)
        yield from _twice(f"formats.yaml:[{each.id}].phases", "phase", phases)


def _numbers(numbers: tuple[Number, ...]) -> Iterator[str]:
    slugs = [number.slug for number in numbers]
    yield from _twice("numbers.yaml", "number", slugs)
    for number in numbers:
        where = f"numbers.yaml:[{number.slug}].companions"
        yield from _unknown(where, "a number", number.companions, slugs)
    for slug, sentence in ledger_errors(numbers):
        yield f"numbers.yaml:[{slug}].formula: {sentence}"


def _sources(sources: tuple[Source, ...]) -> Iterator[str]:
    yield from _twice("sources.yaml", "source", (source.id for source in sources))


def _citations(numbers: tuple[Number, ...], sources: tuple[Source, ...]) -> Iterator[str]:
    known = {source.id for source in sources}
    for number in numbers:
        where = f"numbers.yaml:[{number.slug}].cites"
        cited = (citation.source for citation in number.cites)
        yield from _unknown(where, "a source of sources.yaml", cited, known)


def _clarify(clarify: Clarify) -> Iterator[str]:
    ids = [each.id for each in clarify.essential] + [each.id for each in clarify.avoid]
    yield from _twice("clarify.yaml", "question", ids)
    essential = [each.id for each in clarify.essential]
    yield from _unknown("clarify.yaml:opens", "an essential question", clarify.opens, essential)


def _architecture(architecture: Architecture) -> Iterator[str]:
    file = "architecture.yaml"
    layers = [layer.id for layer in architecture.layers]
    components = [each.id for each in (*architecture.components, *architecture.extended)]
    yield from _twice(file, "layer", layers)
    yield from _twice(file, "component", components)
    yield from _twice(file, "flow", (flow.id for flow in architecture.flows))
    edges = [f"{edge.source} -> {edge.target}" for edge in architecture.edges]
    yield from _twice(file, "edge", edges)
    for component in architecture.components:
        where = f"{file}:components[{component.id}].layer"
        yield from _unknown(where, "a layer", [component.layer], layers)
    yield from _extended(architecture.extended)
    for name, edge in zip(edges, architecture.edges, strict=True):
        where = f"{file}:edges[{name}]"
        yield from _unknown(where, "a component", [edge.source, edge.target], components)
    for flow in architecture.flows:
        yield from _unknown(f"{file}:flows[{flow.id}].path", "a component", flow.path, components)


def _extended(components: tuple[Component, ...]) -> Iterator[str]:
    for component in components:
        if component.layer != "extended":
            where = f"architecture.yaml:extended[{component.id}].layer"
            yield f'{where}: expected "extended", got "{component.layer}"'


def _ids(
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    yield from _twice("deep_dives.yaml", "deep dive", (each.id for each in deep_dives))
    yield from _twice("trade_offs.yaml", "decision", (each.id for each in trade_offs.decisions))
    yield from _twice("trade_offs.yaml", "step", (each.id for each in trade_offs.steps))
    yield from _twice("traps.yaml", "trap", (each.id for each in traps))
    yield from _twice("mistakes.yaml", "mistake", (each.id for each in mistakes))
    seen: set[str] = set()
    for file, point in _points(deep_dives, trade_offs, traps, mistakes):
        if point in seen:
            yield f"{file}:[{point}]: expected each rubric point once, but {point} is there twice"
        seen.add(point)


def _shared_points(
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {point for _, point in _points(deep_dives, trade_offs, traps, mistakes)}
    for dive in deep_dives:
        own = {point.id for point in dive.points}
        where = f"deep_dives.yaml:[{dive.id}].shared_points"
        yield from _unknown(where, "a rubric point", dive.shared_points, known)
        for point in own.intersection(dive.shared_points):
            yield f"{where}: expected points of other groups, but {point} is the dive's own"


def _walkthrough_points(
    walkthrough: Walkthrough,
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {point for _, point in _points(deep_dives, trade_offs, traps, mistakes)}
    for phase in walkthrough.phases:
        for index, line in enumerate(phase.lines):
            where = f"walkthrough.yaml:[{phase.phase}].lines[{index}].points"
            yield from _unknown(where, "a rubric point", line.points, known)


def _walkthrough_format(walkthrough: Walkthrough, formats: tuple[Format, ...]) -> Iterator[str]:
    file = "walkthrough.yaml"
    phases = [each.phase for each in walkthrough.phases]
    yield from _twice(file, "phase", phases)
    for each in formats:
        if each.id == walkthrough.format:
            known = [phase.id for phase in each.phases]
            yield from _unknown(f"{file}:phases", f"a phase of format {each.id}", phases, known)
            if len(phases) < len(known):  # else a wrong name was told
                silent = ", ".join(phase for phase in known if phase not in phases)
                yield f"{file}:phases: expected lines for every phase, but {silent} has none"
            return
    yield f"{file}:format: expected a format of formats.yaml, but there is no {walkthrough.format}"


def _phases(
    formats: tuple[Format, ...], traps: tuple[Trap, ...], interviewer: Interviewer
) -> Iterator[str]:
    known = {phase.id for each in formats for phase in each.phases}
    what = "a phase of formats.yaml"
    for trap in traps:
        yield from _unknown(f"traps.yaml:[{trap.id}].phases", what, trap.phases, known)
    yield from _unknown("interviewer.yaml:phases", what, interviewer.phases, known)


def _offer(interviewer: Interviewer) -> Iterator[str]:
    for name in ("{first}", "{second}"):
        if name not in interviewer.offer_dives:
            yield f"interviewer.yaml:offer_dives: expected {name} in the text"


def _weights(
    weights: tuple[WeightSet, ...], numbers: tuple[Number, ...], sources: tuple[Source, ...]
) -> Iterator[str]:
    yield from _twice("weights.yaml", "weight set", (each.id for each in weights))
    slugs = {number.slug for number in numbers}
    for each in weights:
        where = f"weights.yaml:[{each.id}]"
        cited = [each.source] if each.source else []
        known = {source.id for source in sources}
        yield from _unknown(f"{where}.source", "a source of sources.yaml", cited, known)
        for kind in get_args(EngagementKind):
            if kind not in each.weights:
                yield f"{where}.weights.{kind}: expected this key, but it is missing"
        for kind, weight in each.weights.items():
            yield from _weight(f"{where}.weights.{kind}", weight, slugs)
        if not each.source and any(weight.number is None for weight in each.weights.values()):
            yield f"{where}.source: expected a source for the values that are not of the ledger"


def _weight(where: str, weight: Weight, slugs: Iterable[str]) -> Iterator[str]:
    if (weight.value is None) == (weight.number is None):
        yield f"{where}: expected either a value or a number"
    if weight.number is not None:
        yield from _unknown(f"{where}.number", "a number of numbers.yaml", [weight.number], slugs)


def _points(
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[tuple[str, str]]:
    """(file, id) of every rubric point."""
    yield from (("traps.yaml", point.id) for trap in traps for point in trap.points)
    yield from (("deep_dives.yaml", point.id) for dive in deep_dives for point in dive.points)
    yield from (("trade_offs.yaml", each.point.id) for each in trade_offs.decisions)
    yield from (("mistakes.yaml", mistake.point.id) for mistake in mistakes)


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (
    _formats,
    _numbers,
    _sources,
    _citations,
    _clarify,
    _architecture,
    _ids,
    _shared_points,
    _walkthrough_points,
    _walkthrough_format,
    _phases,
    _offer,
    _weights,
    *ledger_checks.CHECKS,
    *lab_checks.CHECKS,
    *grading_checks.CHECKS,
    *drill_checks.CHECKS,
    *signals_checks.CHECKS,
    *practice_checks.CHECKS,
    *estimation_checks.CHECKS,
    *reading_checks.CHECKS,
)
