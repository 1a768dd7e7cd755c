"""Answers of estimates: their size, the usual slips, every step, and the shortest derivation."""

from itertools import product
from pathlib import Path

import pytest

from trainer.capacity.derivations import NoSuchFigure, derivation, formulas_to, inputs_to
from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs
from trainer.catalog.estimation_checks import CHECKS
from trainer.catalog.estimation_schema import Given, Task
from trainer.catalog.loader import load_pack
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.judging import Judged, Outcome, judged
from trainer.drills.estimating.posed import Posed, posed
from trainer.drills.estimating.sheet import read
from trainer.drills.estimating.showing import shown
from trainer.drills.estimating.steps import steps

ROOT = Path(__file__).parents[2]
TASKS = {task.id: task for task in load_pack(ROOT / "content" / "twitter").estimation}
# The figures in the texts below.
VALUES = {
    "tweets_per_day": 500e6,
    "average_followers": 700,
    "celebrity_tweet_share": 0.2,
    "peak_factor": 2,
    "dau": 250e6,
    "mau": 450e6,
    "loads_per_dau": 60,
    "timeline_ids": 800,
    "bytes_per_id": 10,
    "bytes_per_tweet": 13_700,
    "years_kept": 10,
    "ranking_runs_per_day": 5e9,
    "cpu_s_per_run": 220,
    "candidates": 1_500,
    "heavy_candidates": 500,
    "most_followers": 150e6,
    "largest_account_tweets": 10,
    "redis_nodes": 200,
    "node_writes_per_s": 100_000,
    "node_gigabytes": 64,
    "shard_terabytes": 1,
    "latency_budget_s": 1.5,
    "kafka_ms": 50,
    "ingestion_ms": 60,
    "bulk_index_ms": 200,
    "refresh_default_ms": 1_000,
    "search_sla_ms": 1_000,
    "breaker_failures": 10,
    "breaker_window_s": 30,
    "storm_retweets": 100_000,
    "storm_followers": 1_000,
    "growth": 10,
    "shards": 1_000,
}


def task(id_: str) -> Posed:
    """The task with the figures above, whatever a seed would choose."""
    found = TASKS[id_]
    given = [each.model_copy(update={"one_of": (VALUES[each.input],)}) for each in found.given]
    return posed(found.model_copy(update={"given": tuple(given)}), 1)


def answer(id_: str, text: str) -> Judged:
    return judged(text, task(id_))


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("tweets-a-second", "500M tweets/day / 86400 s"),
        ("tweets-a-second", "500M / 86400 = 6K"),
        ("tweets-a-second", "500M/day / 24 / 3600"),
        ("tweets-a-second", "5.8K"),
        ("fan-out-a-second", "d = 500M tweets/day * 80% * 700\nd / 86400 s = 3.24M writes/s"),
        ("timeline-memory", "450M users * 800 ids * 10 B"),
        ("timeline-memory", "450M * 800 * 10 = 3.6T"),
        ("timeline-memory", "3.6"),
        ("timeline-memory", "one = 800 * 10 bytes = 8 KB\none * 450M to TB"),
        ("storage-a-year", "500M tweets/day * 13.7 KB * 365"),
        ("storage-a-year", "500M * 13.7 KB * 365 = 2.5 PB"),
        ("storage-a-year", "500M/day * 13.7 KB * 1 year"),
        ("storage-kept", "500M tweets/day * 13.7 KB/tweet * 365 days/year * 10 years"),
        ("cores-for-ranking", "5B runs/day / 86400 s * 220 CPU-s/run = 13M cores"),
        ("cores-for-ranking", "58K * 220"),
        ("from-the-cache", "loads = 250M * 60 = 15B\n1 - 5B/loads"),
        ("cpu-for-a-candidate", "220 s / 1500"),
        ("fan-out-a-day", "350B"),
        ("fan-out-a-day", "350B writes"),
        ("fan-out-a-day", "500 000 000 * 700"),
        ("fan-out-a-day", "5 \u00d7 10\u2078 \u00d7 700"),
        ("storage-a-year", "500M * 13700 * 365"),
        ("storage-a-year", "2.5"),
        ("cores-for-ranking", "5B runs/day * 220 CPU-s"),
        ("cores-for-ranking", "5B runs/day * 220 CPU-s to cores"),
        ("cores-at-the-peak", "5B runs/day * 220 CPU-s * 2"),
        ("storage-kept", "500M tweets/day * 13.7 KB * 10 years"),
        ("from-the-cache", "66.7"),
        ("from-the-cache", "0.667"),
        ("from-the-cache", "10B / 15B * 100"),
        ("from-the-cache", "10B / 15B = 67"),
        ("from-the-cache", "10B / 15B * 100 = 67%"),
        ("one-breaker", "10 / (250M * 60 / 86400 * 30) = 0.000192%"),
        ("searchable-at-worst", "50 + 60 + 200 = 310 ms\nthat + 1000 ms"),
        ("searchable-at-worst", "1.31 s"),
        ("refresh-for-the-promise", "1 s - (50 + 60 + 200) ms"),
        ("refresh-for-the-promise", "0.69 s"),
        ("one-push", "150M / (200 * 100K) = 7.5 s"),
        (
            "storage-kept",
            "500M * 13.7 KB = 6.85 TB\nthat * 365 = 2.5 PB/year\nthat * 10 years = 25 PB",
        ),
        ("timeline-memory", "450M * 800 * 10 = 3.6 TB"),
        ("cpu-for-a-candidate", "220 / 1500 = 147 ms"),
        ("timeline-nodes", "450M * 800 * 10 = 3.6 TB\nthat / 64 GB"),
        ("timeline-nodes", "m = 450M * 800 * 10 = 3.6 TB\nm / 64 GB = 56 nodes"),
        ("timeline-nodes", "3.6T / 64G"),
        ("timeline-qps", "174 kQPS"),
        ("timeline-qps", "174kqps"),
        ("timeline-qps", "250M * 60 / 86400 = 174 kqps"),
        ("from-the-cache", "10B / 15B in %"),
        ("from-the-cache", "10B / 15B to percent = 67%"),
        ("reads-for-a-write", "30:1"),
        ("reads-for-a-write", "15B:500M"),
        ("reads-for-a-write", "15B : 500M"),
        ("reads-for-a-write", "15B / 500M = 30:1"),
    ],
)
def test_a_right_answer_in_whatever_units_is_right(id_: str, text: str) -> None:
    found = answer(id_, text)
    assert found.outcome is Outcome.RIGHT
    assert not found.sentences
    assert found.is_clean


@pytest.mark.parametrize(
    ("id_", "text", "outcome", "says"),
    [
        ("tweets-a-second", "500M", Outcome.WRONG, "forget to divide by the 86,400 seconds"),
        ("tweets-a-second", "500M / 86400 / 86400", Outcome.WRONG, "86,400 seconds of a day twice"),
        ("tweets-a-second", "500M / 24 / 60", Outcome.WRONG, "Is one of 24 hours"),
        ("tweets-a-second", "500K / 86400", Outcome.WRONG, "1,000 times too low: 3 orders"),
        ("tweets-a-second", "500K / 86400", Outcome.WRONG, "check each K, M, B and T"),
        ("tweets-a-second", "58K", Outcome.WRONG, "one nought"),
        ("tweets-a-second", "12K", Outcome.ORDER, "You are 2.1 times too high."),
        ("tweets-a-second", "5K", Outcome.ORDER, "You are 14% too low."),
        ("tweets-a-second", "-5.8K", Outcome.WRONG, "An amount is above 0"),
        ("tweets-a-second", "0", Outcome.WRONG, "An amount is above 0"),
        ("storage-a-year", "500M * 13.7 KB", Outcome.WRONG, "multiply by the 365 days"),
        ("timeline-memory", "450M * 800 * 10 bits", Outcome.WRONG, "bits and bytes mixed"),
        ("timeline-memory", "450M * 800 * 10B", Outcome.WRONG, "10 B with a space"),
        ("timeline-memory", "450M * 10 bytes", Outcome.WRONG, "leave out “ids that a timeline"),
        ("timeline-memory", "450M / 800 * 10 bytes", Outcome.WRONG, "It is the other way round."),
        ("timeline-peak", "250M * 60 / 86400", Outcome.ORDER, "leave out “the peak against"),
        ("timeline-qps", "450M * 60 / 86400", Outcome.ORDER, "Did you take “monthly users”"),
        ("fan-out-a-second", "500M * 700 / 86400", Outcome.ORDER, "leave out “tweets that are"),
        ("from-the-cache", "0.66%", Outcome.WRONG, "Write a share as 45%"),
        ("fan-out-a-day", "500M * 700 / 86400", Outcome.WRONG, "Here they are not needed."),
        ("fan-out-a-day", "4.05M writes", Outcome.WRONG, "5 orders of magnitude"),
        ("largest-account", "17.4K", Outcome.WRONG, "5 orders of magnitude"),
        ("scorings-a-day", "28.9M", Outcome.WRONG, "5 orders of magnitude"),
        ("storage-a-year", "79.3M", Outcome.WRONG, "7.5 orders of magnitude"),
        ("storage-a-year", "500M * 13700", Outcome.WRONG, "multiply by the 365 days"),
        ("reads-for-a-write", "500M tweets / 15B loads", Outcome.WRONG, "3 orders of magnitude"),
    ],
)
def test_a_usual_slip_is_found_by_its_size(
    id_: str, text: str, outcome: Outcome, says: str
) -> None:
    found = answer(id_, text)
    assert found.outcome is outcome
    assert says in " ".join(found.sentences)


@pytest.mark.parametrize(
    ("id_", "text", "says"),
    [
        ("cores-for-ranking", "5 seconds per user", "is a time, and a count is asked, in cores"),
        ("timeline-qps", "5 seconds per user", "is a time, and a rate is asked, in loads/s"),
        ("cores-for-ranking", "58K runs/s * 200", "A time is missing: give the number of seconds"),
        ("reads-for-a-write", "30 tweets/load", "loads/tweet is asked: the other way round"),
        ("tweets-a-second", "5,787 tweets/user", "for each user, and tweets/s is asked"),
        ("tweets-a-second", "500M tweets/day", "for each day, and it is asked for each second"),
        ("tweets-a-second", "n = 1\n5 GB", "Line 2: This comes to 5 GB, which is a size"),
        ("storage-kept", "500M * 13.7 KB * 10 years", "A time is left over"),
        ("timeline-memory", "450M users * 10B", "10 B with a space"),
        ("timeline-memory", "n = 3 *", "Line 1: Something is missing"),
        ("timeline-memory", " \n", "There is no step yet."),
    ],
)
def test_what_does_not_fit_is_said_and_not_judged(id_: str, text: str, says: str) -> None:
    with pytest.raises(EstimateError) as raised:
        answer(id_, text)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("id_", "text", "note"),
    [
        (
            "storage-kept",
            "day = 500M tweets/day * 13.7 KB\nyear = day * 365\nyear * 10",
            "10 is read as 10 years.",
        ),
        (
            "shards-for-storage",
            "year = 500M tweets/day * 13.7 KB * 365\nall = year * 10\nall / 1 TB",
            "10 is read as 10 years.",
        ),
        ("cores-for-ranking", "58K runs/s * 220", "220 is read as 220 CPU-s."),
        ("cores-at-once", "220 CPU-s / 1.5", "1.5 is read as 1.5 s."),
        ("searchable-at-worst", "1 s + 0.31", "0.31 is read as 0.31 s."),
        ("timeline-nodes", "56 users", "This is in users, asked in nodes."),
        ("tweets-a-second", "500M tweets / 86400 users", "for each user, and tweets/s is asked."),
    ],
)
def test_what_was_read_into_a_right_answer_is_noted(id_: str, text: str, note: str) -> None:
    found = answer(id_, text)
    assert found.outcome is Outcome.RIGHT
    assert found.is_clean
    assert note in " ".join(found.steps[-1].line.notes)


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("timeline-qps", "174K qps"),
        ("timeline-qps", "250M users * 60 loads/user / 86400 s = 174K loads/s"),
        ("cores-for-ranking", "5B runs/day / 86400 s * 220 CPU-s = 13M"),
        ("from-the-cache", "1 - 5B / 15B"),
    ],
)
def test_nothing_is_noted_where_nothing_was_read_into_it(id_: str, text: str) -> None:
    (step,) = answer(id_, text).steps
    assert not [note for note in step.line.notes if "read" in note and "each" not in note]
    assert not [note for note in step.line.notes if "asked" in note]


def test_an_answer_is_judged_once_for_all_that_ask() -> None:
    put = task("timeline-qps")
    assert judged("250M * 60 / 86400", put) is judged("250M * 60 / 86400", task("timeline-qps"))


def test_each_step_is_named_by_the_figure_that_it_comes_to() -> None:
    text = "250M users * 60 loads/day\nthat / 86400 s\nthat * 2"
    found = [step.figure for step in answer("timeline-peak", text).steps]
    assert found == [
        "Timeline loads a day",
        "Timeline loads a second",
        "Timeline loads a second at the peak",
    ]


def test_a_sum_that_does_not_hold_is_told_and_the_steps_go_on() -> None:
    first, second = answer("timeline-qps", "n = 250M * 60 = 1.5B\nn / 86400 = 174K").steps
    assert first.wrong_sums == ("This comes to 15B, not to 1.5B.",)
    assert second.is_clean


@pytest.mark.parametrize(
    ("id_", "text", "says"),
    [
        ("timeline-memory", "450M * 800 * 10 = 9 TB", "This comes to 3.6T, not to 9 TB."),
        ("searchable-at-worst", "50 + 60 = 310 ms", "This comes to 110, not to 310 ms."),
        ("from-the-cache", "10B / 15B = 6.7", "This comes to 0.6667, not to 6.7."),
        ("timeline-qps", "250M * 60 = 1.5T", "This comes to 15B, not to 1.5T."),
    ],
)
def test_a_sum_that_holds_in_no_unit_is_told(id_: str, text: str, says: str) -> None:
    (step,) = steps(read(text), task(id_))
    assert step.wrong_sums == (says,)


def test_the_answer_is_what_was_written_last() -> None:
    found = answer("timeline-qps", "250M * 60 / 86400 = 17.4K")
    assert found.outcome is Outcome.WRONG
    assert found.said == "17.4K"
    assert not found.is_clean


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("250K users * 60 / 86400", "The task says 250M users (daily users)."),
        ("205M users * 60 / 86400", "The task says 250M users (daily users)."),
        ("250K * 60 / 86400", "The task says 250M users (daily users)."),
        ("450M users * 60 / 86400", ""),  # told, though it is the wrong one
        ("250M * 60 / 86,400 * 1000 / 1000", ""),
        ("15B / 86400", ""),
    ],
)
def test_a_given_number_that_was_misread_is_told(text: str, says: str) -> None:
    (step,) = answer("timeline-qps", text).steps
    assert " ".join(step.misquotes) == says


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("storage-kept", "5TB/day * 365 days * 10"),
        ("one-breaker", "250M * 60 / (24 h * 60 * 60 s)"),
        ("searchable-at-worst", "310 ms + 1 s"),
    ],
)
def test_the_parts_of_a_time_are_no_misread_number(id_: str, text: str) -> None:
    step, *_ = steps(read(text), task(id_))
    assert step.misquotes == ()


def test_the_example_of_the_legend_can_be_worked_out() -> None:
    page = (ROOT / "templates" / "drills" / "_estimate_legend.html").read_text()
    lines = read(page.split("<pre><code>")[1].split("</code></pre>")[0])
    assert [shown(line.value) for line in lines if line.value] == [
        "60M users/day",
        "694.4 users/s",
        "1.042 GB/s",
    ]


def test_the_shortest_derivation_is_only_what_the_target_needs() -> None:
    names = [formula.name for formula in formulas_to("timeline_peak_qps")]
    assert names == ["loads_per_day", "timeline_qps", "timeline_peak_qps"]
    assert inputs_to("timeline_peak_qps") == ("dau", "loads_per_dau", "peak_factor")
    whole = figures(Inputs())
    for each in TASKS.values():
        for figure in derivation(Inputs(), each.target):
            assert figure == whole[figure.name]
    rows = [(row.formula, row.sum, row.value) for row in task("timeline-qps").derivation]
    assert rows == [
        (
            "daily users \u00d7 timeline loads of a daily user",
            "250M users \u00d7 60 loads/day",
            "15B loads/day",
        ),
        (
            "timeline loads a day / seconds of a day",
            "15B loads/day / 86,400 s",
            "173.6K loads/s",
        ),
    ]
    last = task("timeline-nodes").derivation[-1]
    assert (last.sum, last.value) == ("3.6 TB / 64 GB", "56.25 nodes")
    with pytest.raises(NoSuchFigure, match="no figure nothing"):
        formulas_to("nothing")


@pytest.mark.parametrize("id_", TASKS)
def test_the_derivation_is_in_the_words_of_the_task(id_: str) -> None:
    for row in posed(TASKS[id_], 1).derivation:
        assert "_" not in row.formula + row.sum
        assert not {"dau", "mau"} & {*row.formula.split(), *row.sum.split()}


@pytest.mark.parametrize(
    ("id_", "input_", "value"),
    [
        (each.id, given.input, value)
        for each in TASKS.values()
        for given in each.given
        for value in given.one_of
    ],
)
def test_a_wrong_answer_is_judged_with_every_given_number(
    id_: str, input_: str, value: float
) -> None:
    given = [
        each.model_copy(update={"one_of": (value,)} if each.input == input_ else {})
        for each in TASKS[id_].given
    ]
    put = posed(TASKS[id_].model_copy(update={"given": tuple(given)}), 1)
    assert judged("1", put).ratio > 0


@pytest.mark.parametrize("id_", TASKS)
def test_every_pair_of_extremes_gives_a_figure_that_reads_as_right(id_: str) -> None:
    found = TASKS[id_]
    ends = [sorted({min(each.one_of), max(each.one_of)}) for each in found.given]
    combinations = list(product(*ends))
    for values in (combinations[0], combinations[-1]):
        given = zip(found.given, values, strict=True)
        fixed = [each.model_copy(update={"one_of": (value,)}) for each, value in given]
        put = posed(found.model_copy(update={"given": tuple(fixed)}), 1)
        result = judged(put.right_text, put)
        assert result.outcome is Outcome.RIGHT, put.right_text
        assert abs(result.ratio - 1) < 0.001


def test_wrong_content_is_told() -> None:
    given = Given(input="tweets_per_day", words="tweets")
    right = Task(
        id="one", title="One", ask="Ask.", target="tweets_per_s", unit="tweets/s", given=(given,)
    )
    high = given.model_copy(update={"one_of": (1e15,)})
    wrong = [
        right.model_copy(update={"target": "nothing"}),
        right.model_copy(update={"target": "law_naive_writes"}),
        right.model_copy(update={"target": "storage_per_year_bytes"}),
        right.model_copy(update={"given": (high, given)}),
        right.model_copy(update={"given": (given.model_copy(update={"input": "luck"}),)}),
    ]
    told = [line for check in CHECKS for line in check((right, *wrong))]
    for says in (
        "expected it once, but one is there 6 times",
        "no figure nothing",
        "law_naive_writes reads the follower law",
        "expected bytes_per_tweet, which storage_per_year_bytes needs",
        "tweets_per_day is there 2 times",
        "between 1 and 10,000,000,000,000, got 1,000,000,000,000,000",
        "there is no luck",
    ):
        assert any(says in line for line in told), says
    assert not any(line for check in CHECKS for line in check((right,)))
