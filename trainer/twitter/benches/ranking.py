"""`bench ranking`: do the rankers put first what is engaged with later?

On a base world with its trained artefacts. All of it is computed, nothing is timed but the index:
another round would give the same, so `--rounds` changes nothing. The rankers were learned from
instants whose labels end before the first that is judged (training/judging.py), and the embeddings
in their features from before either. "oracle" is the simulator's own chances (ranking_oracle.py).

What to know of the figures. The judged readers are active accounts with many candidates; some were
also asked in training, at earlier instants, of which no effect was measured. After a request little
is engaged with (`engaged_an_eventful_request`), so NDCG hardly tests the weights: the oracle sorted
by the chance of any engagement comes out about the same. And the sources' constants and some
features were chosen on the last days of the world of seed 1: one of another seed is the cleaner
measure.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from trainer.lib.benchmark import Bench, CannotMeasure, Result
from trainer.twitter.benches import ranking_discovery
from trainer.twitter.benches.ranking_checks import Checks
from trainer.twitter.benches.ranking_oracle import oracle
from trainer.twitter.columns.log import Log
from trainer.twitter.columns.reading import read_log
from trainer.twitter.errors import TwitterError
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.training import judging
from trainer.twitter.mixer.training.evaluation import Interval, Judged, Worth, interval, judge
from trainer.twitter.mixer.training.services import past_vectors
from trainer.twitter.mixer.types import Weights
from trainer.twitter.world import overlays
from trainer.twitter.world.model import make_population
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.population import Population
from trainer.twitter.world.value import World

TOO_SMALL = (
    "Too few readers have as many candidates as are ranked: measure on a world of 150,000 accounts."
)
# Of the kinds of engagement that this simulator knows. The product's sets are content and come
# from the caller; a bench has to name its own.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "guide": {
        "like": 1.0,
        "retweet": 20.0,
        "reply": 13.5,
        "profile_click": 12.0,
        "click": 11.0,
        "bookmark": 10.0,
    },
    "2023": {
        "like": 0.5,
        "retweet": 1.0,
        "reply": 13.5,
        "profile_click": 12.0,
        "click": 11.0,
    },
    "2026": {"like": 0.5, "reply": 5.0, "retweet": 1.0, "click": 0.4},
}
MAIN = "guide"
WORTHS = [Worth(name, Weights(name, by_kind)) for name, by_kind in WEIGHTS.items()]
ENGAGED = Worth("engaged", None)
ORDER = ("oracle", "heavy", "light", "chronological", "random")
MEASURES = ("ndcg20", "recall200")
CALIBRATED = ("like", "click")  # in the lines: the kinds of which much comes
ELSEWHERE = (
    "Sources and some features were tuned on these days of the world of seed 1. The cleaner measure"
    " is a world of another seed, by these in turn (manage.py):",
    "  seed_world --name other --seed 2",
    "  learn_embeddings --world other",
    "  train_rankers --world other",
    "  bench ranking --world other",
)

Table = Mapping[tuple[str, str, str], Interval]  # by ranking, worth and measure


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--world", default="default", help="a base world's name")


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the world or its artefacts are missing."""
    try:
        world = overlays.get_base(options.world)
        rankers, loaded = kept.load(world)
        log, population = read_log(world), _population(world)
        found, checks = _judged(log, population, rankers)
        discovery = ranking_discovery.figures(world, log, population, judging.readers(log))
    except TwitterError as error:
        raise CannotMeasure(str(error)) from error
    table = _table(found)
    training = {
        f"training_{name}": float(value)
        for name, value in loaded.meta["training"].items()
        if isinstance(value, int | float)
    }
    return Result(
        ratios=_ratios(table),
        figures={**_figures(table, found), **checks, **discovery, **training},
        lines=[
            _readers(found),
            *_lines(table),
            *_separations(table),
            *_checked(checks),
            *_discovered(discovery),
            *ELSEWHERE,
        ],
    )


def _population(world: World) -> Population:
    record = WorldRecord.objects.get(id=world.id)
    return make_population(record.accounts, record.seed)


def _judged(
    log: Log, population: Population, rankers: Rankers
) -> tuple[dict[tuple[str, str], Judged], dict[str, float]]:
    """Of each ranking and worth, and the figures of the checks."""
    readers = judging.readers(log)
    if not len(readers):
        raise CannotMeasure(TOO_SMALL)
    rankings = {**judging.rankings(rankers), "oracle": oracle(population, log).chances}
    giving_chances = {name: rankings[name] for name in ("oracle", "heavy", "light")}
    checks = Checks(giving_chances, Weights(MAIN, WEIGHTS[MAIN]))
    asked = judging.requests(log, past_vectors(log), readers, uneventful=True)
    return judge(checks.over(asked), rankings, [*WORTHS, ENGAGED]), checks.figures()


def _table(found: Mapping[tuple[str, str], Judged]) -> Table:
    rng = np.random.default_rng(judging.SEED)
    return {
        (ranking, worth, measure): interval(values, rng)
        for (ranking, worth), judged in found.items()
        for measure, values in zip(MEASURES, (judged.ndcg, judged.recall), strict=True)
    }


def _ratios(table: Table) -> dict[str, float]:
    def ratio(better: str, worse: str) -> float:
        least = table[worse, MAIN, "ndcg20"].mean
        if not least:
            raise CannotMeasure(TOO_SMALL)
        return table[better, MAIN, "ndcg20"].mean / least

    ratios = {
        f"{better}_vs_{worse}_ndcg20": ratio(better, worse) for better, worse in pairwise(ORDER[1:])
    }
    return {**ratios, "heavy_vs_oracle_ndcg20": ratio("heavy", "oracle")}


def _figures(table: Table, found: Mapping[tuple[str, str], Judged]) -> dict[str, float]:
    figures = {"readers": float(len(found["heavy", MAIN].ndcg))}
    for (ranking, worth, measure), mean in table.items():
        name = f"{ranking}_{measure}_{worth}"
        figures |= {name: mean.mean, f"{name}_low": mean.low, f"{name}_high": mean.high}
    return figures


def _readers(found: Mapping[tuple[str, str], Judged]) -> str:
    judged = len(found["heavy", MAIN].ndcg)
    return (
        f"{judging.READERS} readers drawn, {judged} of them with a later engagement among the "
        "candidates. In brackets: 95 of 100 resamples of the readers."
    )


def _lines(table: Table) -> list[str]:
    """Means over readers, with their intervals."""
    lines = list[str]()
    for worth in (*WEIGHTS, ENGAGED.id):
        lines.append(f"{worth:<16}{'NDCG@20':<28}recall@200")
        for ranking in ORDER:
            cells = [_cell(table[ranking, worth, measure]) for measure in MEASURES]
            lines.append(f"  {ranking:<14}{cells[0]:<28}{cells[1]}")
    return lines


def _cell(mean: Interval) -> str:
    return f"{mean.mean:.4f} ({mean.low:.4f} to {mean.high:.4f})"


def _separations(table: Table) -> list[str]:
    """Whether each is above the next, for the main weights."""
    lines = list[str]()
    for better, worse in pairwise(ORDER[1:]):
        above = table[better, MAIN, "ndcg20"].low > table[worse, MAIN, "ndcg20"].high
        word = "above, intervals apart" if above else "intervals overlap"
        lines.append(f"NDCG@20 ({MAIN}): {better} against {worse}: {word}")
    return lines


def _checked(figures: Mapping[str, float]) -> list[str]:
    """The oracle's chances too: as far as they are off, it was luck."""
    lines = [
        f"The light ranker's cut keeps {figures['light_cut_keeps']:.1%} of what is engaged with"
    ]
    for kind in CALIBRATED:
        lines.append(f"Chances' sum over what came ({figures[f'came_{kind}']:.0f} of {kind}):")
        for name in ORDER[:3]:
            key = f"{name}_expected_vs_came_{kind}"
            if key in figures:
                ends = (figures[f"{key}_{end}"] for end in ("low", "high"))
                lines.append(f"  {name:<14}{_cell(Interval(figures[key], *ends))}")
    return lines


def _discovered(figures: Mapping[str, float]) -> list[str]:
    return [
        f"Out-of-network: {figures['in_network_among_out_of_network']:.0f} in-network among them",
        f"Walks on a small graph: {figures['walks_distance']:.4f} from the stationary shares"
        f" (tolerance {figures['walks_tolerance']:.4f})",
    ]


BENCH = Bench("How well the rankers rank, and whether discovery is sound", run, _add_arguments)
