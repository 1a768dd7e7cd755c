"""The heavy ranker for all candidates, or only for those that the light one leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs
from trainer.lab.blocks import Cell, Chart, Column, Note, Series, Table
from trainer.lab.errors import LabError
from trainer.lab.labs.sums import sums_table
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.lab.weights import first, weights_of
from trainer.twitter import api

ROUNDS: Final = 7
CUTS: Final = (20, 50, 100, 200, 500, 1_000)  # beside the visitor's own
PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class _Found:
    """`one`: the heavy ranker for all. The others by how many candidates it is left."""

    cut: int
    candidates: float
    requests: int
    one: api.StageCost
    two: Mapping[int, api.StageCost]
    parts: api.PartCosts
    ndcg_one: float
    ndcg_light: float
    quality: Mapping[int, api.StageQuality]

    @property
    def cuts(self) -> Sequence[int]:
        return sorted(self.two)

    @property
    def light(self) -> api.StageCost:
        return self.parts.light

    def cheaper(self, cut: int) -> float:
        return self.one.cpu_ms.median / self.two[cut].cpu_ms.median


def run(stage: Stage) -> None:
    cut = stage.given.whole("heavy")
    stage.say("Reading past requests", 0.1)
    weights = weights_of(first())
    stages = api.ranking_stages(stage.base, weights, stage.given.whole("readers"))
    if not stages.requests:
        raise LabError(
            "Nobody in this world did anything with what was there two days before its end, so no"
            " ranking can be judged. Choose the larger world."
        )
    found = _measured(stage, stages, cut)
    _give(stage, found)
    stage.show(_cost_chart(found))
    stage.show(_quality_chart(found))
    stage.show(_by_cut(found))
    stage.show(_spreads(found))
    _by_model(stage, found)


def _measured(stage: Stage, stages: api.RankingStages, cut: int) -> _Found:
    """Quality first, which also warms the networks; then the costs."""
    stage.say(f"Ranking {len(stages.requests)} requests by one stage and by two", 0.3)
    cuts = sorted({cut, *CUTS})
    quality = {each: stages.quality(each) for each in cuts}
    ndcg_one, ndcg_light = stages.quality(None).ndcg, stages.light_ndcg()
    stages.costs([None, cut], 1, stage.check)
    stage.say(f"Timing each way {ROUNDS} times, in turn", 0.5)
    costs, parts = stages.costs([None, *cuts], ROUNDS, stage.check)
    return _Found(
        cut,
        stages.candidates,
        len(stages.requests),
        costs[None],
        {each: costs[each] for each in cuts},
        parts,
        ndcg_one,
        ndcg_light,
        quality,
    )


def _give(stage: Stage, found: _Found) -> None:
    two, quality = found.two[found.cut], found.quality[found.cut]
    stage.figure("cheaper", found.cheaper(found.cut))
    stage.figure("one_ms", found.one.ms.median)
    stage.figure("two_ms", two.ms.median)
    stage.figure("one_cpu", found.one.cpu_ms.median)
    stage.figure("two_cpu", two.cpu_ms.median)
    stage.figure("light_share", PERCENT * found.light.cpu_ms.median / found.one.cpu_ms.median)
    stage.figure("ndcg_one", found.ndcg_one)
    stage.figure("ndcg_two", quality.ndcg)
    stage.figure("overlap", PERCENT * quality.overlap)


def _cost_chart(found: _Found) -> Chart:
    cuts, one = found.cuts, found.one.cpu_ms.median
    return Chart(
        "costs",
        "CPU time of a request, by how many go to the heavy ranker",
        "candidates left to the heavy ranker",
        "CPU-ms a request",
        [
            Series("two stages", cuts, [found.two[cut].cpu_ms.median for cut in cuts]),
            Series("one stage, all candidates", cuts, [one] * len(cuts)),
            Series("the light ranker alone", cuts, [found.light.cpu_ms.median] * len(cuts)),
        ],
        "measured",
        log_x=True,
        note=f"The median of {ROUNDS} rounds over {found.requests} requests of"
        f" {found.candidates:,.0f} candidates: features, networks and sorting.",
    )


def _quality_chart(found: _Found) -> Chart:
    cuts = found.cuts
    return Chart(
        "quality",
        "How well it ranks, by how many go to the heavy ranker",
        "candidates left to the heavy ranker",
        "NDCG at 20",
        [
            Series("two stages", cuts, [found.quality[cut].ndcg for cut in cuts]),
            Series("one stage, all candidates", cuts, [found.ndcg_one] * len(cuts)),
            Series("the light ranker alone", cuts, [found.ndcg_light] * len(cuts)),
        ],
        "measured",
        log_x=True,
        note="Against what each reader did within a day after the request; one is the best order"
        " there is. No ranker has learned from these days.",
    )


def _by_cut(found: _Found) -> Table:
    rows: list[list[Cell]] = [
        [
            f"{cut:,}",
            found.two[cut].ms.median,
            found.two[cut].cpu_ms.median,
            found.cheaper(cut),
            found.quality[cut].ndcg,
            PERCENT * found.quality[cut].overlap,
        ]
        for cut in found.cuts
    ]
    one = found.one
    rows.append(["all, one stage", one.ms.median, one.cpu_ms.median, 1.0, found.ndcg_one, PERCENT])
    return Table(
        "by_cut",
        "Two stages by how many go to the heavy ranker",
        [
            Column("To the heavy ranker"),
            Column("Wall", "ms"),
            Column("CPU", "CPU-ms", bar=True),
            Column("One stage over this", "x"),
            Column("NDCG at 20"),
            Column("Top 20 shared", "%"),
        ],
        rows,
        "measured",
    )


def _spreads(found: _Found) -> Table:
    ways = (
        ("One stage", found.one),
        (f"Two stages, {found.cut:,} to the heavy ranker", found.two[found.cut]),
        ("The light ranker, all candidates", found.light),
        ("The light ranker's network, without features", found.parts.light_network),
        ("The heavy ranker's network, without features", found.parts.heavy_network),
    )
    rows: list[list[Cell]] = [
        [name, unit, values.median, values.least, values.most]
        for name, cost in ways
        for unit, values in (("ms", cost.ms), ("CPU-ms", cost.cpu_ms))
    ]
    columns = [Column(name) for name in ("Way", "Unit", "Median", "Least", "Most")]
    return Table(
        "spreads",
        f"The {ROUNDS} rounds",
        columns,
        rows,
        "measured",
        "Each is a mean over the requests. The ways take turns, so that what disturbs the machine"
        " disturbs all of them.",
    )


def _by_model(stage: Stage, found: _Found) -> None:
    """What the capacity model says with an assumed light ranker, and with the one measured here."""
    share = min(1.0, found.light.cpu_ms.median / found.one.cpu_ms.median)
    heavy = min(float(found.cut), found.candidates)
    usual = Inputs()
    assumed = replace(
        usual,
        candidates=found.candidates,
        heavy_candidates=heavy,
        final_tweets=min(usual.final_tweets, heavy),  # no more can be shown
    )
    told = figures(assumed)["two_stage_cost"]
    here = figures(replace(assumed, light_cost=share))["two_stage_cost"]
    stage.figure("by_model", 1 / told.value)
    stage.show(
        sums_table(
            "model",
            "By the capacity model: with the assumed light ranker, then with the measured one",
            [told, here],
        )
    )
    stage.show(
        Note(
            "why",
            "Where the saving went",
            f"The model takes a light scoring for {usual.light_cost:.0%} of a heavy one; here it"
            f" takes {share:.0%}. The heavy ranker here is a small network: of its"
            f" {found.one.cpu_ms.median:.2f} CPU-ms the network takes"
            f" {found.parts.heavy_network.cpu_ms.median:.2f}, and the rest is gathering"
            " features, which the light ranker needs too. What a call costs however few candidates"
            " it is given, is not in the model.",
            tone="amber" if found.cheaper(found.cut) < 1 else "",
        )
    )


LAB = LabCode("two-stages", run, Needs.RANKERS, timing=True, most_s=40.0)
