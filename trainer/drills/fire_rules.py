"""Short questions with a clock: how each answer is judged, and what a round comes to. Pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.catalog.drill_schema import ChoiceAsked, NumberAsked, OrderAsked, UnderFire
from trainer.catalog.schema import Number
from trainer.drills.choosing import chosen
from trainer.drills.log import Log
from trainer.grading.amounts import is_close, read_amount

ANSWERED: Final = "answered"  # item; text, or choice, or order (places of the content); or skipped
SECONDS: Final = 90  # for the whole round
COUNTS: Final = (5, 2, 1)  # numbers, choices, orders

Asked = NumberAsked | ChoiceAsked | OrderAsked


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered; `given` is what was typed or chosen ("": it was skipped).
    `note` says more of a wrong one."""

    asked: Asked
    given: str
    right: bool
    late: bool
    note: str = ""

    @property
    def rating(self) -> int:
        """3 for a right answer in time, 2 for a late one, 1 for a wrong one."""
        return 1 if not self.right else 2 if self.late else 3


def chosen_items(questions: UnderFire, seed: int, wanted: str) -> tuple[str, ...]:
    """Some of each kind, mixed; the `wanted` one first."""
    kinds: tuple[Sequence[Asked], ...] = (questions.numbers, questions.choices, questions.orders)
    picked: list[str] = []
    for kind, count in zip(kinds, COUNTS, strict=True):
        picked += chosen([each.id for each in kind], seed, count, wanted)
    return chosen(picked, seed, len(picked), wanted)


def now_asked(log: Log) -> str | None:
    """The question to answer; None when all were."""
    done = len(log.of(ANSWERED))
    return log.items[done] if done < len(log.items) else None


def shuffled(asked: ChoiceAsked | OrderAsked, seed: int) -> tuple[int, ...]:
    """The places of the content in the order in which they are shown. Of a choice, 0 is the right
    one. An order is never shown as it should be."""
    count = 1 + len(asked.wrong) if isinstance(asked, ChoiceAsked) else len(asked.items)
    places = list(range(count))
    random.Random(f"{seed}:{asked.id}").shuffle(places)  # noqa: S311 (to replay, not a secret)
    if isinstance(asked, OrderAsked) and places == sorted(places):
        places = places[1:] + places[:1]
    return tuple(places)


def judge(asked: Asked, data: Mapping[str, object], number: Number | None) -> tuple[bool, str]:
    """Whether the stored answer is right, and what is to be said of it."""
    if data.get("skipped"):
        return False, ""
    if isinstance(asked, ChoiceAsked):
        return data["choice"] == 0, ""
    if isinstance(asked, OrderAsked):
        return data["order"] == list(range(len(asked.items))), ""
    return _judge_number(str(data["text"]), asked, number)


def _judge_number(text: str, asked: NumberAsked, number: Number | None) -> tuple[bool, str]:
    amount = read_amount(text, number.unit) if number else None
    if number is None or amount is None:
        return False, ""
    if amount.value is None:
        return False, f"That is {amount.other}, and it was asked in {number.unit}."
    return is_close(amount.value, number.value, asked.within), ""


def answered(log: Log, questions: UnderFire, ledger: Mapping[str, Number]) -> tuple[Answered, ...]:
    """In the order of the round; a question that is gone from the content is left out."""
    by_id: dict[str, Asked] = {each.id: each for each in questions.everything}
    found = []
    for event in log.of(ANSWERED):
        asked = by_id.get(event.data["item"])
        if asked is not None:
            number = ledger.get(asked.number) if isinstance(asked, NumberAsked) else None
            right, note = judge(asked, event.data, number)
            given = shown(asked, event.data)
            found.append(Answered(asked, given, right, log.is_late(event.at), note))
    return tuple(found)


def shown(asked: Asked, data: Mapping[str, object]) -> str:
    """What was answered, in words of the content or the candidate's own; "" where skipped."""
    if data.get("skipped"):
        return ""
    if isinstance(asked, ChoiceAsked):
        place = data["choice"]
        options = (asked.right, *asked.wrong)
        return options[place] if isinstance(place, int) and place < len(options) else ""
    if isinstance(asked, OrderAsked):
        places = data["order"]
        return " ".join(_items(asked.items, places if isinstance(places, list) else []))
    return str(data["text"])


def _items(items: Sequence[str], places: Sequence[int]) -> list[str]:
    return [f"{n}. {items[place]}" for n, place in enumerate(places, start=1) if place < len(items)]
