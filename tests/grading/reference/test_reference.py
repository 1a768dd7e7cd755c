"""Scoring against reference answers: points without patterns, and sets of another format."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from trainer.grading.reference import fitted
from trainer.grading.reference.alignment import content, nearness, share, stems_of
from trainer.grading.reference.features import NAMES
from trainer.grading.reference.fitting import fit_file
from trainer.grading.reference.judging import macro_f1
from trainer.grading.reference.measuring import measure
from trainer.grading.reference.scoring import best_window
from trainer.grading.reference.semeval import NotASet, read_set

POINT = "Messages wait in a queue until the receiver is online again."
QUESTION = "What happens to messages while the receiver is offline?"


def xml(number: int, right: str, wrong: str) -> str:
    return f"""<?xml version="1.0"?>
<question id="q{number}" module="m{number % 3}">
  <questionText>What keeps thing {number} warm?</questionText>
  <referenceAnswers><referenceAnswer id="a">{right}</referenceAnswer></referenceAnswers>
  <studentAnswers>
    <studentAnswer id="1" accuracy="correct">I think that {right.lower()}</studentAnswer>
    <studentAnswer id="2" accuracy="incorrect">{wrong}</studentAnswer>
  </studentAnswers>
</question>"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "unseen-questions" / "kitchen"
    folder.mkdir(parents=True)
    for number, right in enumerate(
        ("The wool coat holds the air.", "A lid keeps steam inside the pot.", "Bees shiver.") * 4
    ):
        (folder / f"{number}.xml").write_text(xml(number, right, "Nobody knows."))
    return tmp_path


def recall(reference: str, answer: str, question: str = "") -> float:
    demoted = stems_of(question)
    wanted = content(reference, demoted)
    return share(nearness(wanted, content(answer, demoted)), wanted.weights)


def test_an_inflected_or_misspelt_word_is_the_same_word() -> None:
    assert recall("the queue holds messages", "queues holding mesages") == pytest.approx(1.0)


def test_a_synonym_is_nearer_than_a_stranger() -> None:
    assert recall("big servers", "large servers") > recall("big servers", "purple servers")


def test_words_of_the_question_weigh_little() -> None:
    said_back = recall(POINT, QUESTION, QUESTION)
    assert said_back < recall(POINT, QUESTION)
    assert said_back < recall(POINT, "They wait in a queue.", QUESTION)


def test_the_window_that_says_the_point_is_chosen() -> None:
    windows = ["I like chat.", "Messages wait in a queue until the receiver is online.", "Next."]
    found = best_window(windows, QUESTION, POINT)
    assert found is not None
    assert (found.place, found.enough) == (1, True)


@pytest.mark.parametrize("said", [QUESTION, "Buy more servers.", "Queue."])
def test_an_echo_another_matter_and_a_bare_word_are_not_enough(said: str) -> None:
    found = best_window([said], QUESTION, POINT)
    assert found is not None
    assert not found.enough


def test_an_answer_without_windows_has_no_best() -> None:
    assert best_window([], QUESTION, POINT) is None


def test_a_zip_reads_as_its_folder_does(answers: Path, tmp_path: Path) -> None:
    packed = tmp_path / "set.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in answers.rglob("*.xml"):
            archive.write(path, path.relative_to(answers).as_posix())
    assert sorted(map(repr, read_set(packed))) == sorted(map(repr, read_set(answers)))


def test_a_place_without_a_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotASet, match="holds no XML of SemEval"):
        read_set(tmp_path)
    (tmp_path / "broken.xml").write_text("<question")
    with pytest.raises(NotASet, match=r"broken\.xml is no XML"):
        read_set(tmp_path)


def test_a_set_that_the_model_never_saw_is_measured_as_it_is(answers: Path) -> None:
    result = measure(answers)
    part = "unseen-questions/kitchen"
    assert result.figures[f"ours: {part}"] > result.figures[f"always the commoner label: {part}"]
    assert "nothing here was seen by it" in list(result.lines)[-1]


def test_the_set_of_the_fit_is_cross_validated(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = fit_file(read_set(answers), "manage.py fit_grader --semeval DIR")
    monkeypatch.setattr(fitted, "stored", lambda: file)
    result = measure(answers)
    assert "ours, unseen modules: unseen-questions/kitchen" in result.figures
    assert list(file["model"]["names"]) == list(NAMES)


def test_the_fit_of_the_same_answers_is_the_same_to_the_byte(answers: Path) -> None:
    items = read_set(answers)
    assert repr(fit_file(items, "x")) == repr(fit_file(items, "x"))


def test_macro_f1_is_the_mean_of_both_labels() -> None:
    labels, said = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 0.0, 0.0, 0.0])
    assert macro_f1(labels, said) == pytest.approx((2 / 3 + 4 / 5) / 2)
