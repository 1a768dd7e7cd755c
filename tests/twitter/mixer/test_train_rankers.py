from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from trainer.twitter.columns import artefacts
from trainer.twitter.columns.models import Artefact
from trainer.twitter.mixer.features import HEAVY
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.mixer.training.services import is_trained
from trainer.twitter.world.value import World


@pytest.fixture(autouse=True)
def _no_rows_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """How far the making is, is committed beside the test's transaction: removed after it. (So no
    test here may ask for the database by a mark, which would come first and end last.)"""
    yield
    with django_db_blocker.unblock():
        parameters: Any = connection.get_connection_params()
        with psycopg.connect(**parameters, autocommit=True) as link:
            link.execute("DELETE FROM twitter_artefact WHERE version = ''")


def test_without_embeddings_it_says_which_command_makes_them(small_world: World) -> None:
    with pytest.raises(CommandError, match="learn_embeddings"):
        call_command("train_rankers", world="small")
    assert not Artefact.objects.filter(world_id=small_world.id, name=kept.NAME).exists()


def test_the_command_trains_once_and_keeps_rankers_with_their_evaluation(
    small_world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    artefacts.save(small_world, "vectors", 1, {})  # rankers are learned with older ones
    call_command("train_rankers", world="small")
    said = capsys.readouterr().out
    assert "Fitting the rankers" in said
    assert "On later engagements of" in said
    call_command("train_rankers", world="small")
    assert capsys.readouterr().out == "The rankers of the world 'small' are there already.\n"

    rankers, loaded = kept.load(small_world)
    assert rankers.heavy.first.weights.shape == (len(HEAVY), 64)
    assert len(rankers.rates.reader) == 2_000
    told = loaded.meta["training"]
    assert told["engaged"] > 100
    got, expected = told["validation_got"]["like"], told["validation_expected"]["like"]
    assert 0.5 < got / expected < 2
    assert {"readers", "seed"} <= set(loaded.meta["evaluation"])

    Artefact.objects.update(state=Artefact.State.MAKING)  # as a later run that was killed leaves it
    assert not is_trained(small_world)
