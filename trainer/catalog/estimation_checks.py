"""What the estimation tasks say of the capacity model: figures and inputs that are there, and all
that a candidate needs. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from trainer.capacity.derivations import NoSuchFigure, inputs_to, is_by_head
from trainer.capacity.inputs import Described, described
from trainer.catalog.estimation_schema import Given, Task

_INPUTS: Final[dict[str, Described]] = {each.name: each for each in described()}


def _estimation(estimation: tuple[Task, ...]) -> Iterator[str]:
    for each, count in Counter(task.id for task in estimation).items():
        if count > 1:
            yield f"estimation.yaml:[{each}]: expected it once, but {each} is there {count} times"
    for task in estimation:
        yield from _target(task)
        for given in task.given:
            yield from _given(f"estimation.yaml:[{task.id}].given[{given.input}]", given)


def _target(task: Task) -> Iterator[str]:
    where = f"estimation.yaml:[{task.id}]"
    try:
        needed, by_head = inputs_to(task.target), is_by_head(task.target)
    except NoSuchFigure as error:
        yield f"{where}.target: expected a figure, but {error}"
        return
    if not by_head:
        yield f"{where}.target: expected plain arithmetic, but {task.target} reads the follower law"
    given = [each.input for each in task.given]
    for name in needed:
        if name not in given:
            yield f"{where}.given: expected {name}, which {task.target} needs"
    for name, count in Counter(given).items():
        if count > 1:
            yield f"{where}.given: expected each input once, but {name} is there {count} times"


def _given(where: str, given: Given) -> Iterator[str]:
    known = _INPUTS.get(given.input)
    if known is None:
        yield f"{where}: expected an input of the capacity model, but there is no {given.input}"
        return
    for value in given.one_of:
        if not known.low <= value <= known.high:
            yield (
                f"{where}.one_of: expected {known.unit} between {known.low:,.16g} and "
                f"{known.high:,.16g}, got {value:,.16g}"
            )


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_estimation,)
