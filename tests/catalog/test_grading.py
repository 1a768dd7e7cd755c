"""The patterns of the grader as content: whole, and wrong ones told with their file."""

import shutil
from pathlib import Path

import pytest
import yaml

from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack

CONTENT = Path(__file__).parents[2] / "content"
EXAMPLES = ["Read them later.", "pull on read", "Fetch at read time."]


def broken(tmp_path: Path, **files: object) -> str:
    """What is said of the pack with these files in place of its own patterns."""
    folder = tmp_path / "twitter"
    shutil.copytree(CONTENT / "twitter", folder)
    shutil.rmtree(folder / "grading")
    (folder / "grading").mkdir()
    for name, data in files.items():
        (folder / "grading" / f"{name}.yaml").write_text(yaml.safe_dump(data))
    with pytest.raises(PackErrors) as raised:
        load_pack(folder)
    return str(raised.value)


def point(*needs: object, **more: object) -> dict[str, object]:
    return {"frames": [{"need": list(needs), **more}], "examples": EXAMPLES}


def test_every_rubric_point_has_patterns() -> None:
    pack = load_pack(CONTENT / "twitter")
    assert {*pack.points, *pack.step_points} == set(pack.grading.points)


def test_a_single_concept_is_a_choice_of_one() -> None:
    frame = load_pack(CONTENT / "twitter").grading.points["t1.4"].frames[0]
    assert all(isinstance(need, tuple) for need in frame.need)


def test_a_concept_that_is_nowhere_is_told(tmp_path: Path) -> None:
    said = broken(tmp_path, t1={"points": {"t1.4": point("nope")}})
    assert "grading:points.t1.4: expected a concept, but there is no nope" in said


def test_a_denied_concept_and_one_inside_a_term_must_be_there_too(tmp_path: Path) -> None:
    said = broken(
        tmp_path,
        t1={"concepts": {"pull": ["pull @later"]}, "points": {"t1.4": point("pull", "!push")}},
    )
    assert "grading:concepts.pull: expected a concept, but there is no later" in said
    assert "grading:points.t1.4: expected a concept, but there is no push" in said


def test_a_point_of_no_rubric_is_told(tmp_path: Path) -> None:
    said = broken(tmp_path, t1={"concepts": {"pull": ["pull"]}, "points": {"t1.99": point("pull")}})
    assert "grading:points.t1.99: expected a rubric point, but there is no t1.99" in said


def test_a_concept_has_one_file(tmp_path: Path) -> None:
    said = broken(tmp_path, a={"concepts": {"pull": ["pull"]}}, b={"concepts": {"pull": ["fetch"]}})
    assert "grading/b.yaml:concepts.pull: expected it once, but a.yaml has it" in said


def test_a_window_that_does_not_exist_is_told_with_its_file(tmp_path: Path) -> None:
    said = broken(
        tmp_path,
        t1={"concepts": {"pull": ["pull"]}, "points": {"t1.4": point("pull", within="page")}},
    )
    assert "grading/t1.yaml:points.t1.4.frames[0].within: expected" in said
