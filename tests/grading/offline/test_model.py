"""The logistic model, and the sentence vectors beside the package's own."""

import subprocess
import sys

import numpy as np

from trainer.grading import vectors
from trainer.grading.offline.logistic import fit
from trainer.grading.offline.spelling import distance


def test_a_model_learns_which_feature_tells() -> None:
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(400, 2))
    labels = (rows[:, 0] > 0).astype(float)
    model = fit(("tells", "noise"), rows, labels, penalty=1.0)
    assert model.weights[0] > 10 * abs(model.weights[1])
    assert model.chance((2.0, 0.0)) > 0.95
    assert model.chance((-2.0, 0.0)) < 0.05


def test_a_penalty_pulls_weights_towards_nothing() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [3.0]])
    labels = np.array([0.0, 0.0, 1.0, 1.0])
    weights = [fit(("x",), rows, labels, penalty).weights[0] for penalty in (0.1, 1.0, 10.0)]
    assert weights == sorted(weights, reverse=True)


def test_slips_are_counted_up_to_a_limit() -> None:
    assert distance("folow", "follow", 1) == 1
    assert distance("recieve", "receive", 1) == 1
    assert distance("push", "pull", 1) == 2


PACKAGE = """
from pathlib import Path
import numpy as np, wordllama
from trainer.grading import vectors
texts = ["Celebrities are pulled at read time.", "tweet -> kafka -> ES", "b"]
theirs = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
np.testing.assert_allclose(vectors.embed(texts), theirs.embed(texts, norm=True), atol=1e-5)
"""


def test_vectors_are_those_of_the_package() -> None:
    # In a process of its own: the package sets up the root logger when it is imported.
    subprocess.run([sys.executable, "-c", PACKAGE], check=True)


def test_vectors_have_length_one_and_a_wordless_text_none() -> None:
    rows = vectors.embed(["push", ""])
    assert np.linalg.norm(rows, axis=1).tolist() == [1.0, 0.0]
