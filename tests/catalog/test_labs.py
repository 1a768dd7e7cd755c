"""The labs as content: whole, and wrong ones told with their file."""

import shutil
from pathlib import Path

import pytest
import yaml

from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack

CONTENT = Path(__file__).parents[2] / "content"
PACK = load_pack(CONTENT / "twitter")
LAB = "celebrity"


def test_seventeen_labs_three_to_start_with_and_four_groups() -> None:
    assert len(PACK.labs) == 17
    assert len(PACK.lab_groups) == 4
    assert {lab.slug for lab in PACK.labs if lab.starts} == {"celebrity", "ranker-down", "search"}


def test_every_trap_and_deep_dive_is_proved_by_a_lab() -> None:
    topics = {each.id for each in (*PACK.traps, *PACK.deep_dives)}
    assert topics <= {topic for lab in PACK.labs for topic in lab.proves}


def test_every_lab_says_its_sentence_with_a_figure() -> None:
    for lab in PACK.labs:
        assert any(f"{{{figure.id}}}" in lab.say for figure in lab.figures), lab.slug


def test_at_most_three_controls_but_for_the_sliders_of_the_weights() -> None:
    many = {lab.slug: len(lab.controls) for lab in PACK.labs if len(lab.controls) > 3}
    assert many == {"weights": 7}


def test_a_prediction_names_the_defaults_of_its_first_run() -> None:
    lab = PACK.lab("retweet-storm")
    assert lab is not None
    assert lab.asked.startswith("1,000 accounts")


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("prediction", "figure"), "nope", "prediction.figure: expected a figure of the lab"),
        (("say",), "It cost {nope}.", "say: expected a figure of the lab, but there is no nope"),
        (("claim", "number"), "nope", "claim.number: expected a number of numbers.yaml, got nope"),
        (("prediction", "anchor"), "By {nope}.", "prediction: expected a control of the lab"),
        (("proves",), ["nope"], "proves: expected a trap, deep dive, decision or mistake"),
        (("controls", 0, "default"), -5, "controls[threshold].default: expected 0.0 to"),
        (
            ("controls", 0, "default"),
            "many",
            "controls[threshold].default: expected a whole number",
        ),
        (
            ("breaks", "values"),
            {"nope": 1},
            "breaks.values.nope: expected one of the lab's controls",
        ),
        (("minutes",), 0, "minutes: expected at least 1"),
        (("stages",), 3, "stages: expected a known key"),
    ],
)
def test_a_wrong_lab_is_told_with_its_file_and_field(
    tmp_path: Path, path: tuple[str | int, ...], value: object, says: str
) -> None:
    errors = _errors_with(tmp_path, path, value)
    assert any(error.startswith(f"labs/{LAB}.yaml:{says}") for error in errors), errors


def test_a_lab_stands_in_one_group(tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    groups = yaml.safe_load((folder / "lab_groups.yaml").read_text())
    groups[0]["labs"][0] = "nope"
    (folder / "lab_groups.yaml").write_text(yaml.safe_dump(groups))
    with pytest.raises(PackErrors) as wrong:
        load_pack(folder)
    assert "lab_groups.yaml: expected celebrity once, found 0 times" in str(wrong.value)
    assert "lab_groups.yaml: expected labs of labs/, but there is no nope" in str(wrong.value)


def test_a_pack_without_labs_is_whole() -> None:
    chat = load_pack(Path(__file__).parent / "packs" / "chat")
    assert (chat.labs, chat.lab_groups, chat.stand_ins) == ((), (), ())


def _errors_with(tmp_path: Path, path: tuple[str | int, ...], value: object) -> list[str]:
    folder = _copied(tmp_path)
    file = folder / "labs" / f"{LAB}.yaml"
    whole = yaml.safe_load(file.read_text())
    part = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    file.write_text(yaml.safe_dump(whole))
    with pytest.raises(PackErrors) as wrong:
        load_pack(folder)
    return str(wrong.value).splitlines()


def _copied(tmp_path: Path) -> Path:
    folder = tmp_path / "twitter"
    shutil.copytree(CONTENT / "twitter", folder)
    return folder
