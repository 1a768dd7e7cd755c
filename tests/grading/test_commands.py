"""The commands by which people grade, measure and fit, on a small judged set of their own."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ANSWERS = {
    "G1": (
        "Push for regular users and pull for celebrities above 100K followers: their tweets are "
        "kept apart and merged when the reader opens the timeline.",
        {"t1.4", "t1.5", "t1.7"},
    ),
    "G2": ("We add more servers and hope.", set()),
    "G3": ("Celebrities are pushed and regular users are pulled.", set()),
    "G4": ("", set()),
}
POINTS = ("t1.4", "t1.5", "t1.7")


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    entries = [
        {
            "id": each,
            "question": "t1",
            "style": "plain",
            "answer": text,
            "points": {
                point: {"covered": point in covered, "evidence": "", "borderline": False}
                for point in (*POINTS, "t1.99")
            },
        }
        for each, (text, covered) in ANSWERS.items()
    ]
    path = tmp_path / "judged.json"
    path.write_text(json.dumps(entries))
    return path


def run(*args: Any) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_an_answer_in_a_file_is_graded_with_quotes(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(ANSWERS["G1"][0])
    told = json.loads(run("grade", "--question", "t1", "--file", path, "--json"))
    quotes = {each["id"]: each["quote"] for each in told["points"] if each["covered"]}
    assert set(POINTS) <= quotes.keys()
    text = ANSWERS["G1"][0]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in quotes.values())
    assert told["grader"].startswith("offline-")
    explained = run("grade", "--question", "t1", "--file", path, "--explain")
    assert "Hits:" in explained
    assert "t1.4 covered" in explained


def test_what_cannot_be_graded_is_said(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(" ")
    assert "the answer is empty" in run("grade", "--question", "t1", "--file", path)
    path.write_text("word " * 5000)
    with pytest.raises(CommandError, match="at most 20,000"):
        run("grade", "--question", "t1", "--file", path)
    with pytest.raises(CommandError, match="has no question"):
        run("grade", "--question", "t9", "--file", path)


def test_the_bench_counts_an_ungradable_answer_as_nothing_covered(judged: Path) -> None:
    lines = run("bench", "grading", "--set", judged, "--rounds", "1", "--json").splitlines()
    figures = json.loads(lines[-1])["figures"]
    assert figures["judgements"] == 12
    assert figures["recall"] == 1
    assert {"precision", "f1", "kappa", "base_rate_f1", "vectors_f1", "tf_idf_f1"} <= figures.keys()
    assert any("t1.99" in line for line in lines)
    assert any("G4" in line and "empty" in line for line in lines)


def test_a_fit_is_written_with_how_it_was_made_and_is_the_same_again(
    judged: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in paths:
        run("fit_grader", "--set", judged, "--unseen", judged, "--output", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    made = json.loads(paths[0].read_text())
    assert made["command"] == "manage.py fit_grader --set judged.json --unseen judged.json"
    assert made["unseen"]["answers"] == 4
    assert made["unseen"]["recall"] == 1
    assert made["answers"] == 4


@pytest.mark.parametrize("command", [("bench", "grading"), ("fit_grader",)])
def test_a_set_must_be_named_and_readable(command: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--set FILE"):
        run(*command)
    with pytest.raises(CommandError, match="Name a file"):
        run(*command, "--set", tmp_path / "missing.json")
