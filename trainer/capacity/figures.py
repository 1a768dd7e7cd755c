"""The figures: every formula of every subject, worked out over the inputs. Pure."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from trainer.capacity import fanout, law, limits, ranking, reads, scaling, search, storage
from trainer.capacity.errors import LawError
from trainer.capacity.followers import gamma_of_mean, gamma_of_share
from trainer.capacity.formulas import Formula, Function, evaluate, with_values
from trainer.capacity.inputs import Inputs

SUBJECTS: Final[dict[str, tuple[Formula, ...]]] = {
    "reads": reads.FORMULAS,
    "fan-out": (*fanout.FORMULAS, *law.FORMULAS),
    "ranking": ranking.FORMULAS,
    "storage": storage.FORMULAS,
    "search": search.FORMULAS,
    "scaling": scaling.FORMULAS,
    "limits": limits.FORMULAS,
}
CONSTANTS: Final[dict[str, float]] = {
    "seconds_per_day": 86_400,
    "days_per_year": 365,
    "ms_per_s": 1_000,
    "bytes_per_gigabyte": 1e9,
    "bytes_per_terabyte": 1e12,
}
_LAW: Final = ("average_followers", "least_followers", "most_followers")
# What a function of the law reads besides its arguments.
_READ_BY: Final[dict[str, tuple[str, ...]]] = {
    "account_share_from": _LAW,
    "account_followers_below": _LAW,
    "account_followers_from": _LAW,
    "account_quantile": _LAW,
    "tweet_share_from": (*_LAW, "gamma"),
    "tweet_followers_below": (*_LAW, "gamma"),
    "tweet_followers_from": (*_LAW, "gamma"),
    "tweet_threshold_of": (*_LAW, "gamma"),
    "gamma_of_share": _LAW,
    "gamma_of_mean_from": _LAW,
    "largest": (),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed number. `formula` names what it reads, `sum` has the values in its place;
    `inputs` are all inputs behind it, also through other figures. `value` is NaN when no number
    answers (a share that no tweeting law gives, the cost of a saved write where none is saved), and
    `problem` then says why."""

    name: str
    label: str
    subject: str
    value: float
    unit: str
    formula: str
    sum: str
    inputs: tuple[str, ...]
    problem: str = ""


def figures(inputs: Inputs, only: Collection[str] = ()) -> dict[str, Figure]:
    """All figures by name, each subject in its order; or `only` some, which must name all that they
    read of one another."""
    values: dict[str, float] = {**asdict(inputs), **CONSTANTS}
    behind: dict[str, tuple[str, ...]] = {name: (name,) for name in asdict(inputs)}
    functions = law_functions(inputs)
    found: dict[str, Figure] = {}
    for subject, formulas in SUBJECTS.items():
        for formula in (each for each in formulas if not only or each.name in only):
            figure = _figure(formula, subject, values, behind, functions)
            found[formula.name] = figure
            values[formula.name] = figure.value
            behind[formula.name] = figure.inputs
    return found


def _figure(
    formula: Formula,
    subject: str,
    values: Mapping[str, float],
    behind: Mapping[str, tuple[str, ...]],
    functions: Mapping[str, Function],
) -> Figure:
    problem = ""
    try:
        value = evaluate(formula, values, functions)
    except LawError as error:
        value, problem = math.nan, str(error)
    except ZeroDivisionError:
        value, problem = math.nan, f"{with_values(formula, values)} divides by nothing"
    read = [behind.get(name, ()) for name in formula.names]
    read += [_READ_BY[name] for name in formula.functions]
    return Figure(
        formula.name,
        formula.label,
        subject,
        value,
        formula.unit,
        formula.text,
        with_values(formula, values),
        tuple(dict.fromkeys(name for names in read for name in names)),
        problem,
    )


def law_functions(inputs: Inputs) -> dict[str, Callable[..., float]]:
    """What formulas may ask of the follower law: over accounts, and over tweets."""
    accounts = inputs.law
    tweets = accounts.size_biased(inputs.gamma)
    return {
        "account_share_from": accounts.survival,
        "account_followers_below": accounts.mean_below,
        "account_followers_from": accounts.mean_at_or_above,
        "account_quantile": accounts.quantile,
        "tweet_share_from": tweets.survival,
        "tweet_followers_below": tweets.mean_below,
        "tweet_followers_from": tweets.mean_at_or_above,
        "tweet_threshold_of": tweets.threshold_of_mean,
        "gamma_of_share": lambda threshold, share: gamma_of_share(accounts, threshold, share),
        "gamma_of_mean_from": lambda threshold, mean: gamma_of_mean(accounts, mean, threshold),
        "largest": max,
    }
