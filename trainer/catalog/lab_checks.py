"""What the labs of a pack say of themselves and of the rest: ids that are there. Pure.

Every function in CHECKS reads the parts that its parameters name, and yields lines of the form
`file:field: expected ...`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from trainer.catalog.lab_schema import PLACE, Control, Lab, LabGroup, StandIn, Value
from trainer.catalog.schema import DeepDive, Mistake, Number, TradeOffs, Trap


def _labs(labs: tuple[Lab, ...], numbers: tuple[Number, ...]) -> Iterator[str]:
    slugs = {number.slug for number in numbers}
    for lab in labs:
        where = f"labs/{lab.slug}.yaml"
        for field, figure in _named_figures(lab):
            if lab.figure(figure) is None:
                yield f"{where}:{field}: expected a figure of the lab, but there is no {figure}"
        for name in PLACE.findall(lab.prediction.ask + lab.prediction.anchor):
            if lab.control(name) is None:
                yield f"{where}:prediction: expected a control of the lab, but there is no {name}"
        if lab.claim.number and lab.claim.number not in slugs:
            yield f"{where}:claim.number: expected a number of numbers.yaml, got {lab.claim.number}"
        for control in lab.controls:
            yield from _value(f"{where}:controls[{control.id}].default", control, control.default)
        yield from _break(f"{where}:breaks.values", lab, lab.breaks.values)


def _named_figures(lab: Lab) -> Iterator[tuple[str, str]]:
    """(field, figure id) of whatever names a figure."""
    yield "prediction.figure", lab.prediction.figure
    if lab.claim.computed:
        yield "claim.computed", lab.claim.computed
    for name in PLACE.findall(lab.say):
        yield "say", name


def _break(where: str, lab: Lab, values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        control = lab.control(name)
        if control is None:
            yield f"{where}.{name}: expected one of the lab's controls"
        else:
            yield from _value(f"{where}.{name}", control, value)


def _value(where: str, control: Control, value: Value) -> Iterator[str]:
    if control.kind in {"whole", "number"}:
        if isinstance(value, str) or (control.kind == "whole" and not isinstance(value, int)):
            yield f"{where}: expected a {control.kind} number, got {value!r}"
        elif not _within(control, value):
            yield f"{where}: expected {control.low} to {control.high}, got {value!r}"
    elif not isinstance(value, str):
        yield f"{where}: expected text, got {value!r}"
    elif control.kind == "choice" and value not in {option.id for option in control.options}:
        yield f"{where}: expected one of the control's options, got {value!r}"


def _within(control: Control, value: float) -> bool:
    above = control.low is None or value >= control.low
    return above and (control.high is None or value <= control.high)


def _groups(labs: tuple[Lab, ...], lab_groups: tuple[LabGroup, ...]) -> Iterator[str]:
    """Every lab stands in exactly one group."""
    grouped = [slug for group in lab_groups for slug in group.labs]
    for lab in labs:
        if (times := grouped.count(lab.slug)) != 1:
            yield f"lab_groups.yaml: expected {lab.slug} once, found {times} times"
    for slug in grouped:
        if slug not in {lab.slug for lab in labs}:
            yield f"lab_groups.yaml: expected labs of labs/, but there is no {slug}"


def _proves(
    labs: tuple[Lab, ...],
    deep_dives: tuple[DeepDive, ...],
    trade_offs: TradeOffs,
    traps: tuple[Trap, ...],
    mistakes: tuple[Mistake, ...],
) -> Iterator[str]:
    known = {each.id for each in deep_dives} | {each.id for each in trade_offs.decisions}
    known |= {each.id for each in traps} | {each.id for each in mistakes}
    for lab in labs:
        for topic in lab.proves:
            if topic not in known:
                yield (
                    f"labs/{lab.slug}.yaml:proves: expected a trap, deep dive, decision or mistake,"
                    f" but there is no {topic}"
                )


def _stand_ins(stand_ins: tuple[StandIn, ...], labs: tuple[Lab, ...]) -> Iterator[str]:
    known = {lab.slug for lab in labs}
    for each in stand_ins:
        for slug in each.labs:
            if slug not in known:
                yield f"stand_ins.yaml:[{each.id}].labs: expected labs of labs/, got {slug}"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (
    _labs,
    _groups,
    _proves,
    _stand_ins,
)
