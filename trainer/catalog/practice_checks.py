"""What the flawed designs, the questions under fire and the steps of a trade-off say of the rest
of a pack. Pure.

Every function in CHECKS reads the parts that its parameters name, and yields lines of the form
`file:field: expected ...`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from trainer.catalog.drill_schema import FlawedDesign, FlawedSentence, UnderFire
from trainer.catalog.schema import Decision, Mistake, Number, TradeOffs


def _once(file: str, ids: Iterable[str]) -> Iterator[str]:
    for each, count in Counter(ids).items():
        if count > 1:
            yield f"{file}:[{each}]: expected it once, but {each} is there {count} times"


def _flawed(flawed: tuple[FlawedDesign, ...], mistakes: tuple[Mistake, ...]) -> Iterator[str]:
    yield from _once("flawed.yaml", (design.id for design in flawed))
    known = {mistake.id for mistake in mistakes}
    for design in flawed:
        made = [sentence.mistake for sentence in design.sentences if sentence.mistake]
        if not made:
            yield f"flawed.yaml:[{design.id}].sentences: expected a mistake in one of them"
        yield from _once(f"flawed.yaml:[{design.id}].sentences", made)
        for index, sentence in enumerate(design.sentences):
            where = f"flawed.yaml:[{design.id}].sentences[{index}]"
            yield from _sentence(where, sentence, known)


def _sentence(where: str, sentence: FlawedSentence, known: set[str]) -> Iterator[str]:
    if sentence.mistake is None:
        return
    for name in (sentence.mistake, *sentence.also):
        if name not in known:
            yield f"{where}.mistake: expected a mistake, but there is no {name}"
    if sentence.because is None:
        yield f"{where}.because: expected a reason, as the sentence makes a mistake"


def _under_fire(under_fire: UnderFire, numbers: tuple[Number, ...]) -> Iterator[str]:
    yield from _once("under_fire.yaml", (each.id for each in under_fire.everything))
    slugs = {number.slug for number in numbers}
    for asked in under_fire.numbers:
        if asked.number not in slugs:
            where = f"under_fire.yaml:numbers[{asked.id}].number"
            yield f"{where}: expected a number of numbers.yaml, but there is no {asked.number}"


def _trade_offs(trade_offs: TradeOffs) -> Iterator[str]:
    """What drills need is there for all decisions, and all steps, or for none."""
    by_name: dict[str, list[Decision]] = {
        "ask": [each for each in trade_offs.decisions if each.ask],
        "takes": [each for each in trade_offs.decisions if each.takes],
    }
    for name, having in by_name.items():
        for decision in trade_offs.decisions if having else ():
            if decision not in having:
                where = f"trade_offs.yaml:decisions[{decision.id}].{name}"
                yield f"{where}: expected it, as other decisions have it"
    pointed = [step for step in trade_offs.steps if step.point]
    yield from _once("trade_offs.yaml:steps", (step.point.id for step in pointed if step.point))
    for step in trade_offs.steps if pointed else ():
        if step.point is None:
            yield f"trade_offs.yaml:steps[{step.id}].point: expected it, as other steps have it"


CHECKS: Final[tuple[Callable[..., Iterator[str]], ...]] = (_flawed, _under_fire, _trade_offs)
