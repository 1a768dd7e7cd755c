"""What ranking costs. Pure."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula(
        "runs_per_s", "Pipeline runs a second", "runs/s", "ranking_runs_per_day / seconds_per_day"
    ),
    Formula(
        "runs_per_dau",
        "Pipeline runs for each daily user",
        "runs/day",
        "ranking_runs_per_day / dau",
    ),
    Formula(
        "scorings_per_day",
        "Candidates scored a day",
        "scorings/day",
        "ranking_runs_per_day * candidates",
    ),
    Formula(
        "heavy_scorings_per_day",
        "Candidates scored a day by the heavy ranker",
        "scorings/day",
        "ranking_runs_per_day * heavy_candidates",
    ),
    Formula(
        "heavy_scorings_spared",
        "Heavy scorings a day that the light ranker spares",
        "scorings/day",
        "scorings_per_day - heavy_scorings_per_day",
    ),
    Formula(
        "two_stage_cost",
        "Cost of two stages against the heavy ranker for all",
        "share",
        "(candidates * light_cost + heavy_candidates) / candidates",
    ),
    Formula(
        "final_share", "Share of the candidates that is shown", "share", "final_tweets / candidates"
    ),
    Formula("cores_busy", "Cores kept busy by ranking", "cores", "cpu_s_per_run * runs_per_s"),
    Formula(
        "cores_busy_peak",
        "Cores kept busy by ranking at the peak",
        "cores",
        "cores_busy * peak_factor",
    ),
    Formula(
        "parallelism",
        "Cores that one run must use at once to meet its budget",
        "x",
        "cpu_s_per_run / latency_budget_s",
    ),
    Formula(
        "cpu_ms_per_candidate",
        "CPU time for each candidate",
        "CPU-ms",
        "cpu_s_per_run * ms_per_s / candidates",
    ),
    Formula(
        "cores_busy_uncached",
        "Cores that would be busy if every load ran the pipeline",
        "cores",
        "cpu_s_per_run * timeline_qps",
    ),
)
