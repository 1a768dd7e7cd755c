"""What is counted, against what was asked: a label takes part in no sum, but it may tell that the
answer is one to another question. Pure."""

from typing import Final

from trainer.drills.estimating.amounts import Amount, own_time
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.posed import Posed
from trainer.drills.estimating.showing import shown
from trainer.drills.estimating.words import plural

_OF_ANYTHING: Final = {"query", "request", "read", "lookup", "time"}  # 174K QPS are loads, too


def label_note(value: Amount, posed: Posed, *, is_stated: bool) -> str:
    """A sentence for labels that are not those asked for; "" where they may be. Raises
    EstimateError where they were stated for the answer and make it one of another kind."""
    unit, asked, given = posed.task.unit, dict(posed.asked.nouns), dict(value.nouns)
    below = [noun for noun, power in given.items() if power < 0]
    wrong = ""
    if len(asked) > 1 and all(given.get(noun) == -power for noun, power in asked.items()):
        wrong = f"This is {shown(value)}, and {unit} is asked: the other way round."
    elif below and own_time(posed.asked) and not value.dimensions and not set(below) & set(asked):
        wrong = f"This is {shown(value)}, for each {below[0]}, and {unit} is asked."
    if wrong and is_stated:
        raise EstimateError(wrong)
    if wrong:
        return f"{wrong} Only the number was compared."
    counted = [noun for noun, power in given.items() if power > 0]
    if is_stated and asked and counted and not set(counted) & {*asked, *_OF_ANYTHING}:
        return f"This is in {plural(counted[0])}, asked in {unit}. Only the number was compared."
    return ""
