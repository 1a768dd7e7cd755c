"""Training the rankers of a base world."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from trainer.twitter.columns.artefacts import current_version
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.locks import alone, is_being_made
from trainer.twitter.columns.log import KINDS, Log
from trainer.twitter.columns.models import Artefact
from trainer.twitter.columns.progress import making
from trainer.twitter.columns.reading import read_log
from trainer.twitter.discovery.learning import learn
from trainer.twitter.errors import ArtefactMissing, TooLittleToLearn
from trainer.twitter.mixer.features import HORIZON_MS, LIGHT
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.mixer.rankers.heavy import HIDDEN, Heavy
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.light import Light
from trainer.twitter.mixer.rankers.model import FORMAT, Rankers
from trainer.twitter.mixer.rates import rates
from trainer.twitter.mixer.training import judging, replayed
from trainer.twitter.mixer.training.evaluation import Worth, interval, judge
from trainer.twitter.mixer.training.examples import Examples, by_reader
from trainer.twitter.mixer.training.fitting import fit
from trainer.twitter.mixer.training.past import past
from trainer.twitter.mixer.training.sampling import Sample, examples
from trainer.twitter.world.population import DAY_MS, HOUR_MS
from trainer.twitter.world.value import World

SEED = 1
JOB = "training"  # the lock's name, held also while it is looked whether there is work
BEFORE_END_MS = 4 * DAY_MS  # the first instant; the last is a day later, and its labels end with
LEARNED_AT_H = (0, 5, 10, 15, 20, 24)  # the day after that. Hours after the first
SAMPLE = Sample(requests=4_000, uneventful=0.1, fresh=0.3, old=0.04, outside=0.4)
ACCOUNTS_A_REQUEST = 10  # of a small world fewer are made
VALIDATION = 0.15  # of the readers
LIGHT_EPOCHS, LIGHT_RATE = 10, 1e-2
HEAVY_EPOCHS = 8
LEAST_ENGAGED = 50  # examples, to learn anything
WAITING = "Waiting for another process that trains these rankers"

Watch = Callable[[str, float], None]  # what is being done now, and the share (0..1) that is done


def train_rankers(world: World, watch: Watch = lambda _, __: None, *, again: bool = False) -> bool:
    """Make the artefact "rankers" of a base world (of an overlay: of its root), with its
    evaluation. Readers keep the older one until it is replaced. The same world and code always get
    the same rankers.

    False, and nothing done, where it is there and of this code's format, unless `again`; what is
    kept beside it ("replayed") is made where it is missing. Waits for
    another process that does the same. Raises ArtefactMissing where the embeddings are not there,
    TooLittleToLearn, UnknownWorld where the base is dropped meanwhile.
    """
    base = world.root
    if is_being_made(base.id, JOB):
        watch(WAITING, 0.0)
    with alone(base, JOB):
        if not again and is_trained(base):
            return replayed.make_missing(base, past_vectors)
        if current_version(base, "vectors") is None:
            raise ArtefactMissing("vectors", base.public_id, "")
        with making(base, kept.NAME) as say:

            def tell(step: str, share: float) -> None:
                say(step, share)
                watch(step, share)

            _make(base, tell)
    return True


def is_trained(world: World) -> bool:
    """Whether the artefact is there, of this code's format, and no run that was to replace it ended
    early."""
    return Artefact.objects.filter(
        world_id=world.root.id, name=kept.NAME, format=FORMAT, state=Artefact.State.READY
    ).exists()


def past_vectors(log: Log, watch: Callable[[float], None] = lambda _: None) -> Matrix:
    """(n, 32): as of the first instant of training. Those that are served would tell the rankers
    what came later."""
    return learn(log, log.ends_at_ms - BEFORE_END_MS, np.random.default_rng(SEED), watch)


def _make(base: World, tell: Watch) -> None:
    """The shares are of the time that the default world takes."""
    tell("Reading the history", 0.0)
    log = read_log(base)
    accounts = past_vectors(log, lambda share: tell("Learning past vectors", 0.05 + 0.2 * share))
    made = _examples(log, accounts, lambda share: tell("Asking the past", 0.25 + 0.45 * share))
    engaged = int(made.labels.any(axis=1).sum())
    if engaged < LEAST_ENGAGED:
        raise TooLittleToLearn(base.public_id, engaged, LEAST_ENGAGED)
    tell("Fitting the rankers", 0.7)
    rankers, meta = fitted(log, made)
    meta["evaluation"] = _evaluation(
        log, accounts, rankers, lambda share: tell("Judging the rankers", 0.78 + 0.2 * share)
    )
    tell("Keeping the rankers", 0.98)
    replayed.keep(base, log, accounts)
    kept.save(base, rankers, meta)


def _examples(log: Log, accounts: Matrix, tell: Callable[[float], None]) -> Examples:
    rng = np.random.default_rng(SEED)
    most = max(1, len(log.accounts.followers) // ACCOUNTS_A_REQUEST)
    sample = replace(SAMPLE, requests=min(SAMPLE.requests, most))
    parts = list[Examples]()
    for number, hours in enumerate(LEARNED_AT_H):
        tell(number / len(LEARNED_AT_H))
        at_ms = log.ends_at_ms - BEFORE_END_MS + hours * HOUR_MS
        parts.append(examples(past(log, accounts, at_ms), sample, rng))
    return Examples.joined(parts)


def fitted(log: Log, made: Examples) -> tuple[Rankers, dict[str, Any]]:
    """Both rankers, with the rates as of the log's end, and what is known of their making."""
    is_held = by_reader(made, VALIDATION, np.random.default_rng(SEED))
    learned, held = made.take(~is_held), made.take(is_held)
    width = len(LIGHT)
    light = fit(
        learned.narrowed(width),
        held.narrowed(width),
        (),
        epochs=LIGHT_EPOCHS,
        rate=LIGHT_RATE,
        seed=SEED,
    )
    heavy = fit(learned, held, HIDDEN, epochs=HEAVY_EPOCHS, seed=SEED)
    usual = rates(log, as_of(log, log.ends_at_ms))
    rankers = Rankers(Light(*light.layers), Heavy(*heavy.layers), usual)
    losses = {"light": list(light.losses), "heavy": list(heavy.losses)}
    return rankers, {"training": _told(made, held, rankers, losses)}


def _told(
    made: Examples, held: Examples, rankers: Rankers, losses: dict[str, list[float]]
) -> dict[str, Any]:
    """`validation_got`, `validation_expected`: engagements of each kind, what came and what the
    heavy ranker's chances add up to."""
    chances = rankers.heavy.chances(held.features)
    return {
        "seed": SEED,
        "instants_before_end_h": [BEFORE_END_MS // HOUR_MS - hours for hours in LEARNED_AT_H],
        "horizon_h": HORIZON_MS // HOUR_MS,
        "readers": len(np.unique(made.reader)),
        "examples": len(made),
        "candidates": float(made.weights.sum()),
        "engaged": int(made.labels.any(axis=1).sum()),
        "validation_losses": losses,
        "validation_got": dict(zip(KINDS, (held.weights @ held.labels).tolist(), strict=True)),
        "validation_expected": dict(zip(KINDS, (held.weights @ chances).tolist(), strict=True)),
    }


def _evaluation(
    log: Log, accounts: Matrix, rankers: Rankers, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Without any weights: whether a tweet was engaged with at all. `bench ranking` has more."""
    readers = judging.readers(log)
    asked = judging.requests(log, accounts, readers, tell) if len(readers) else ()
    found = judge(asked, judging.rankings(rankers), [Worth("engaged", None)])
    rng = np.random.default_rng(SEED)
    figures: dict[str, Any] = {"readers": len(readers), "seed": judging.SEED}
    for (name, _), judged in found.items():
        for measure, values in (("ndcg20", judged.ndcg), ("recall200", judged.recall)):
            if len(values):
                mean = interval(values, rng)
                figures[f"{name}_{measure}"] = [mean.mean, mean.low, mean.high]
    return figures
