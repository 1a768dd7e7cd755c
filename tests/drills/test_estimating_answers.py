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
        ("from-the-cache", "66", Outcome.WRONG, "Write a share as 45%"),
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
        ("cores-for-ranking", "58K runs/s * 220", "A time is missing"),
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
        ("dau \u00d7 loads per dau", "250M \u00d7 60", "15B loads/day"),
        ("loads per day / seconds per day", "15B / 86,400", "173.6K loads/s"),
    ]
    with pytest.raises(NoSuchFigure, match="no figure nothing"):
        formulas_to("nothing")


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
