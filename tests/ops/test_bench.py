"""The command that runs benches, with a room of two."""

import io
import json
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.core.management import CommandError, call_command

from trainer.ops.benching import find, number
from trainer.ops.management.commands.bench import Command

ROOMS = dict(apps.app_configs)


@pytest.fixture(autouse=True)
def _with_benches(monkeypatch: pytest.MonkeyPatch) -> None:
    room = AppConfig.create("tests.ops.benching")
    monkeypatch.setattr(apps, "app_configs", {room.label: room})


def bench(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command(Command(), *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_table_has_median_least_most_ratios_and_figures() -> None:
    text = "\n".join(bench("counting"))
    for part in ("median", "2,000", "things/s, 5 rounds", "A note.", "many_vs_one", "many_per_s"):
        assert part in text


def test_the_last_line_is_one_json_object_that_names_the_machine() -> None:
    found: dict[str, Any] = json.loads(bench("counting", "--json", "--rounds", "3")[-1])
    assert list(found) == ["bench", "ratios", "figures", "machine"]
    assert found["bench"] == "counting"
    assert found["ratios"] == {"many_vs_one": 2000.0}
    assert found["figures"] == {"many_per_s": 2000.0}
    assert set(found["machine"]) == {
        *("cpus", "model", "memory_mb", "python", "kernel", "load_1_min"),
    }


def test_a_bench_has_arguments_of_its_own() -> None:
    assert json.loads(bench("counting", "--many", "7", "--json")[-1])["figures"]["many_per_s"] == 7


def test_the_mini_twitters_benches_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "app_configs", ROOMS)
    assert {"fanout", "read", "search", "trends"} <= set(find())


def test_without_a_name_all_are_listed() -> None:
    with pytest.raises(CommandError, match=r"Name a bench:\n(.|\n)*counting +counts"):
        bench()


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="counting"):
        bench("unknown")


@pytest.mark.parametrize("rounds", ["0", "-1", "many"])
def test_rounds_are_whole_numbers_from_one(rounds: str) -> None:
    with pytest.raises(CommandError, match=r"whole number|expected one argument"):
        bench("counting", "--rounds", rounds)


def test_a_bench_that_cannot_run_says_why() -> None:
    with pytest.raises(CommandError, match=r"run manage\.py seed_world first"):
        bench("refusing", "--json")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.01234, "0.01234"), (0.25, "0.250"), (4.5678, "4.57"), (1234567.8, "1,234,568")],
)
def test_numbers_are_written_without_exponents(value: float, text: str) -> None:
    assert number(value) == text
