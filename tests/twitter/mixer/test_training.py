import ast
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import trainer.twitter as twitter
from tests.twitter.mixer.pasts import ACCOUNTS, rule_log, vectors
from trainer.twitter.mixer.features import HORIZON_MS, LIGHT
from trainer.twitter.mixer.rankers.heavy import Heavy
from trainer.twitter.mixer.rankers.layer import Layer
from trainer.twitter.mixer.rankers.light import Light
from trainer.twitter.mixer.training import judging, services
from trainer.twitter.mixer.training.evaluation import Worth, judge
from trainer.twitter.mixer.training.examples import Examples, by_reader, kept
from trainer.twitter.mixer.training.fitting import Fitted, Scale, fit, gradients, loss
from trainer.twitter.mixer.training.judging import at_random, chronological
from trainer.twitter.mixer.training.later import labels
from trainer.twitter.mixer.training.past import past
from trainer.twitter.mixer.training.requests import request
from trainer.twitter.mixer.training.sampling import Sample, drawn, examples
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, HOUR_MS, Lists

# Of trainer.twitter.world.
LATENT = {"planted", "behaviour", "seeing", "model", "history", "people", "posting"}


def made_up(count: int, seed: int = 1) -> Examples:
    """The second kind is done with chance 0.4 where the first feature is above 1, else 0.02; the
    others never."""
    rng = np.random.default_rng(seed)
    features = (rng.standard_normal((count, 3)) * [2, 1, 1] + [0, 5, 0]).astype(np.float32)
    done = np.zeros((count, 6), dtype=np.float32)
    done[:, 1] = rng.random(count) < np.where(features[:, 0] > 1, 0.4, 0.02)
    return Examples(features, done, np.ones(count, np.float32), np.arange(count))


def layers_of(*sizes: int) -> tuple[Layer, ...]:
    rng = np.random.default_rng(3)
    return tuple(
        Layer(rng.standard_normal((k, j)), rng.standard_normal(j)) for k, j in pairwise(sizes)
    )


@pytest.mark.parametrize("sizes", [(3, 6), (3, 5, 4, 6)])
def test_gradients_are_those_of_the_loss(sizes: tuple[int, ...]) -> None:
    """Against finite differences, in float64."""
    rng = np.random.default_rng(1)
    layers, rows = layers_of(*sizes), rng.standard_normal((8, 3))
    done = (rng.random((8, 6)) < 0.3).astype(float)
    weights = rng.uniform(0.5, 3, 8)
    found = gradients(layers, rows, done, weights)
    scale = weights.sum() / len(rows)  # the loss is a weighted mean, the gradient of a plain one
    for place, layer in enumerate(layers):
        for part in ("weights", "bias"):
            values = getattr(layer, part)
            at = tuple(0 for _ in values.shape)
            step = 1e-6
            values[at] += step
            above = loss(layers, rows, done, weights)
            values[at] -= 2 * step
            below = loss(layers, rows, done, weights)
            values[at] += step
            slope = (above - below) / (2 * step) * scale
            # errors pass through a float32
            assert getattr(found[place], part)[at] == pytest.approx(slope, rel=1e-4, abs=1e-6)


def test_standardising_is_in_the_first_layers_weights() -> None:
    rows = np.random.default_rng(1).normal([3, -7, 100], [1, 0.1, 20], (50, 3)).astype(np.float32)
    scale = Scale.of(rows)
    (layer,) = layers_of(3, 6)
    assert scale.folded(layer).of(rows) == pytest.approx(layer.of(scale.applied(rows)), abs=1e-3)


def _fit(hidden: tuple[int, ...], made: Examples, **more: int) -> Fitted:
    return fit(made, made_up(4_000, 2), hidden, epochs=6, seed=more.get("seed", 1), rate=1e-2)


def test_a_network_learns_a_rule_that_a_line_cannot() -> None:
    made = made_up(20_000)
    heavy, light = Heavy(*_fit((8, 4), made).layers), Light(*_fit((), made).layers)
    probes = np.array([[-3, 5, 0], [0, 5, 0], [2.5, 5, 0], [5, 5, 0]], dtype=np.float32)
    assert heavy.chances(probes)[:, 1] == pytest.approx([0.02, 0.02, 0.4, 0.4], abs=0.06)
    assert light.chances(probes)[3, 1] > 0.5  # goes on along its curve
    assert heavy.chances(probes)[:, 0].max() < 0.01


def test_the_same_seed_gives_the_same_weights() -> None:
    made = made_up(3_000)
    first, again, other = (_fit((4, 4), made, seed=seed) for seed in (1, 1, 2))
    assert first.losses == again.losses != other.losses
    assert (first.layers[0].weights == again.layers[0].weights).all()


def test_left_out_negatives_do_not_inflate_the_chances() -> None:
    made = made_up(40_000)
    chosen, weights = kept(
        made.labels, np.where(made.features[:, 0] > 1, 0.5, 0.1), np.random.default_rng(1)
    )
    some = made.take(chosen)
    sampled = Examples(some.features, some.labels, weights, some.reader)
    assert len(sampled) < 0.4 * len(made)
    light = Light(*_fit((), sampled).layers)
    mean = light.chances(made.features)[:, 1].mean()
    assert mean == pytest.approx(made.labels[:, 1].mean(), rel=0.06)


def test_all_of_a_reader_is_held_back_or_nothing() -> None:
    made = made_up(900)
    made = Examples(made.features, made.labels, made.weights, np.arange(900) % 30)
    held = by_reader(made, 0.2, np.random.default_rng(1))
    assert len(np.unique(made.reader[held])) == 6
    assert not set(made.reader[held]) & set(made.reader[~held])


def test_labels_are_what_was_done_with_each_shown_tweet() -> None:
    found = labels(np.array([40, 10, 30]), np.array([10, 99, 40, 10]), np.array([1, 1, 6, 3]))
    assert found.tolist() == [[0, 0, 0, 0, 0, 1], [1, 0, 1, 0, 0, 0], [0] * 6]


def test_who_did_more_in_the_week_before_is_asked_more_often() -> None:
    known = past(rule_log(), vectors(), rule_log().ends_at_ms - 4 * DAY_MS)
    done = np.bincount(known.log.deeds.between(known.at_ms - 7 * DAY_MS, known.at_ms).account)
    rng = np.random.default_rng(1)
    times = sum(np.bincount(drawn(known, 5, rng), minlength=len(done)) for _ in range(400))
    assert np.corrcoef(times, done)[0, 1] > 0.5


def test_what_is_left_out_is_made_up_for_on_either_side_of_the_network() -> None:
    nexts = [np.sort((one + 2 * np.arange(1, 6)) % ACCOUNTS) for one in range(ACCOUNTS)]
    following = Lists(5 * np.arange(ACCOUNTS + 1), np.concatenate(nexts).astype(np.int32))
    known = past(replace(rule_log(), following=following), vectors(), ENDS_AT_MS - 4 * DAY_MS)
    rng = np.random.default_rng(1)

    def sides(sample: Sample, times: int) -> np.ndarray:
        parts = Examples.joined([examples(known, sample, rng) for _ in range(times)])
        inside = parts.features[:, LIGHT.index("in_network")] == 1
        return np.array([parts.weights[inside].sum(), parts.weights[~inside].sum()]) / times

    everything = sides(Sample(40, 1.0, 1.0, 1.0), 1)
    assert everything.min() > 500
    assert sides(Sample(40, 0.5, 0.6, 0.6, outside=0.5), 16) == pytest.approx(everything, rel=0.1)


def test_the_last_label_of_training_is_before_what_is_judged() -> None:
    log = rule_log()
    last_ms = log.ends_at_ms - services.BEFORE_END_MS + max(services.LEARNED_AT_H) * HOUR_MS
    assert last_ms + HORIZON_MS <= judging.split_ms(log)
    judged_ms = judging.split_ms(log) + max(judging.JUDGED_AT_H) * HOUR_MS
    assert judged_ms + HORIZON_MS <= log.ends_at_ms


def test_the_vectors_of_training_know_nothing_from_its_first_instant_on() -> None:
    log = rule_log()
    first_ms = log.ends_at_ms - services.BEFORE_END_MS
    before = replace(log, deeds=log.deeds.before(first_ms))
    assert len(before.deeds.kind) < len(log.deeds.kind)
    assert (services.past_vectors(log) == services.past_vectors(before)).all()


def test_training_on_a_small_log_finds_its_rule() -> None:
    """Each account cares for the authors right after it: only the heavy ranker can know that."""
    log = rule_log()
    split = log.ends_at_ms - 3 * DAY_MS
    rng = np.random.default_rng(1)
    parts = [
        examples(past(log, vectors(), split - hours * DAY_MS // 24), Sample(40, 0.5, 0.8, 0.4), rng)
        for hours in (24, 36, 48)
    ]
    made = Examples.joined(parts)
    held = by_reader(made, 0.2, rng)
    learned, validation = made.take(~held), made.take(held)
    light = fit(learned.narrowed(len(LIGHT)), validation.narrowed(len(LIGHT)), (), epochs=4, seed=1)
    heavy = fit(learned, validation, (16, 8), epochs=4, seed=1)
    light_ranker, heavy_ranker = Light(*light.layers), Heavy(*heavy.layers)
    later = past(log, vectors(), split + DAY_MS)
    found = judge(
        [request(later, reader) for reader in range(40)],
        {
            "heavy": lambda request: heavy_ranker.chances(request.heavy),
            "light": lambda request: light_ranker.chances(request.light),
            "chronological": chronological,
            "random": at_random,
        },
        [Worth("engaged", None)],
    )
    mean = {name: judged.ndcg.mean() for (name, _), judged in found.items()}
    assert mean["heavy"] > mean["light"] + 0.1
    assert mean["heavy"] > mean["chronological"] + 0.1
    assert mean["light"] > mean["random"]


def test_no_ranker_can_know_what_the_simulator_planted() -> None:
    folder = Path(twitter.__file__).parent
    paths = [p for name in ("mixer", "discovery", "columns") for p in (folder / name).rglob("*.py")]
    assert len(paths) > 60
    found = {path.name: names for path in paths if (names := _imported(path) & LATENT)}
    assert not found


def _imported(path: Path) -> set[str]:
    """Modules of the world's that a file imports, and names that it imports from them."""
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "trainer.twitter.world"
        ):
            names |= {*str(node.module).split("."), *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {part for alias in node.names for part in alias.name.split(".")}
    return names
