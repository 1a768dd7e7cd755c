"""The rubric of the interview's grade as content: whole, and a wrong one told with its field."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack
from trainer.catalog.signals_schema import LEVELS, SCORES

CONTENT = Path(__file__).parents[2] / "content"


def test_every_signal_has_an_anchor_for_each_score_at_each_level() -> None:
    rubric = load_pack(CONTENT / "twitter").signals
    assert len(rubric.signals) == 5
    for signal in rubric.signals:
        anchors = {signal.anchors[level][score] for level in LEVELS for score in SCORES}
        assert len(anchors) == 12  # none of them stands for two
    assert [rubric.name_of(score).lower() for score in SCORES] == [
        "strong no",
        "no",
        "yes",
        "strong yes",
    ]


def test_a_higher_level_never_asks_for_less() -> None:
    for signal in load_pack(CONTENT / "twitter").signals.signals:
        for measure in signal.measures:
            sign = -1 if measure.falls else 1
            mid, senior, staff = (measure.cuts[level] for level in LEVELS)
            for cuts in zip(mid, senior, staff, strict=True):
                assert sorted(cuts, key=lambda cut: sign * cut) == list(cuts), measure.kind


def test_a_pack_without_it_is_whole_too(tmp_path: Path) -> None:
    folder = tmp_path / "twitter"
    shutil.copytree(CONTENT / "twitter", folder)
    (folder / "signals.yaml").unlink()
    assert load_pack(folder).signals.signals == ()


def _point(raw: Any) -> None:
    raw["signals"][1]["measures"][2]["points"] = ["m.99"]


def _cuts(raw: Any) -> None:
    raw["signals"][0]["measures"][0]["cuts"]["mid"] = [0.5, 0.2, 0.7]


def _anchor(raw: Any) -> None:
    del raw["signals"][0]["anchors"]["staff"][3]


def _level(raw: Any) -> None:
    del raw["signals"][0]["measures"][0]["cuts"]["staff"]


def _verdicts(raw: Any) -> None:
    del raw["verdicts"][1]


def _name(raw: Any) -> None:
    raw["names"][0]["number"] = "nothing"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_point, "[design].measures: expected a rubric point, but there is no m.99"),
        (_cuts, "cut-offs that rise, but mid has"),
        (_anchor, "expected a sentence for each of 1 to 4, but 3 lacks"),
        (_level, "expected mid, senior and staff, but staff lacks"),
        (_verdicts, "expected four verdicts"),
        (_name, "names: expected a number of numbers.yaml, but no nothing"),
    ],
)
def test_what_is_wrong_is_told(spoil: Callable[[Any], None], told: str, tmp_path: Path) -> None:
    folder = tmp_path / "twitter"
    shutil.copytree(CONTENT / "twitter", folder)
    shutil.rmtree(folder / "grading")
    raw = yaml.safe_load((folder / "signals.yaml").read_text())
    spoil(raw)
    (folder / "signals.yaml").write_text(yaml.safe_dump(raw))
    with pytest.raises(PackErrors) as raised:
        load_pack(folder)
    assert told in str(raised.value)
