"""Trends: people are counted, not posts; the gates hold back what looks made."""

from typing import Any

import pytest

from tests.lab.staging import perform
from trainer.lab.blocks import Result
from trainer.lab.errors import LabError
from trainer.twitter.world.value import World

POSTS = 20


def push(base: World, crowd: str, **changes: int) -> Result:
    return perform("trends", base, crowd=crowd, **{"posts": POSTS, **changes})


def stands(result: Result) -> dict[tuple[str, str], str]:
    """By list and tag."""
    return {(row[0], row[1]): row[2] for row in result.blocks["lists"]["rows"]}


def gates(result: Result, verdict: int = 2) -> dict[str, Any]:
    return {row[0]: row[verdict] for row in result.blocks["gates"]["rows"]}


def test_ten_new_accounts_count_for_less_than_ten_people(base: World) -> None:
    result = push(base, "bots")
    figures = result.figures
    assert (figures["posts"], figures["authors"]) == (POSTS, 10)
    assert 0 < figures["counted"] < 10
    assert figures["score"] == pytest.approx(max(figures["counted"] - 1, 0) ** 2)
    assert figures["score"] < figures["crowd_score"] / 10
    assert gates(result)["not too many new accounts"] == "held back"
    assert "number" not in stands(result)[("worldwide", "#miraclepills")]
    assert "number" in stands(result)[("worldwide", "#riverlights")]
    _the_sequence_ends_there(result)


def _the_sequence_ends_there(result: Result) -> None:
    *_, last = result.blocks["batches"]["frames"]
    honest, pushed = last["rows"]
    assert honest[1:3] == [POSTS, POSTS]
    assert pushed[1:4] == [POSTS, 10, result.figures["counted"]]
    assert (honest[5], pushed[5]) == (result.figures["crowd_score"], result.figures["score"])


def test_a_tag_of_one_region_trends_there_and_not_worldwide(base: World) -> None:
    result = push(base, "region")
    assert gates(result)["from several regions"] == "held back"
    found = stands(result)
    assert "number" not in found[("worldwide", "#miraclepills")]
    (region,) = {name for name, _ in found} - {"worldwide"}
    assert "number" in found[(region, "#miraclepills")]


def test_deletions_take_every_count_back(base: World) -> None:
    result = push(base, "deleted")
    figures = result.figures
    assert figures["peak"] == figures["crowd_score"] > 0
    assert (figures["authors"], figures["counted"], figures["score"]) == (0, 0, 0)
    assert gates(result, verdict=4)["not deleted again"] == "held back"
    assert stands(result)[("worldwide", "#miraclepills")] == "not listed"


def test_an_honest_crowd_trends_and_a_sudden_one_waits_for_a_person(base: World) -> None:
    steady = push(base, "organic")
    assert "number" in stands(steady)[("worldwide", "#miraclepills")]
    assert steady.blocks["queue"]["rows"] == []
    sudden = push(base, "organic", minutes=1)
    assert stands(sudden)[("worldwide", "#miraclepills")] == "waits for a person"
    assert [row[0] for row in sudden.blocks["queue"]["rows"]] == ["#miraclepills"]
    assert "now it stands as number" in sudden.blocks["approved"]["text"]
    assert sudden.figures["score"] == steady.figures["score"]


def test_a_world_with_too_few_people_says_so(base: World) -> None:
    with pytest.raises(LabError, match=r"accounts of region .* are to post: ask for fewer posts"):
        push(base, "region", posts=300)
