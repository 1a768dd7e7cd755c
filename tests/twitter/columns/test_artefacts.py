"""Arrays kept in Postgres and copied to the machine: round trips, refusals, damage, two at once."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.db import DataError, connection

from tests.twitter.columns.logs import random_log
from tests.twitter.worlds import people, population_of, tiny_world
from trainer.twitter.columns import artefacts, copies
from trainer.twitter.columns.artefacts import Loaded, current_version, load, save
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.flattening import arrays_of, from_arrays
from trainer.twitter.columns.models import Artefact, ArtefactArray
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.errors import ArtefactMissing, ArtefactOfOtherFormat, UnknownWorld
from trainer.twitter.world import overlays
from trainer.twitter.world.population import ENDS_AT, ENDS_AT_MS
from trainer.twitter.world.value import World

FORMAT = 3
ARRAYS = {
    "numbers": np.arange(10_000, dtype=np.int32),
    "rows.of": np.arange(6, dtype=np.float32).reshape(3, 2),
    "is_new": np.array([True, False]),
    "none": np.empty((0, 4), dtype=np.float64),
    "one": np.array(7),
    "turned": np.arange(6, dtype=np.int64).reshape(2, 3).T,
}


@pytest.fixture
def world(db: None) -> World:
    return tiny_world(population_of(people(2)))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "PIECE", 1_000)


def same(loaded: Loaded) -> None:
    assert set(loaded.arrays) == set(ARRAYS)
    for name, array in ARRAYS.items():
        found = loaded.arrays[name]
        assert (found.dtype, found.shape) == (array.dtype, array.shape)
        assert found.tolist() == array.tolist()
        assert not found.flags.writeable


def copied(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())


def test_what_is_saved_is_loaded_by_the_world_and_its_overlays(world: World, tmp_path: Path):
    version = save(world, "graph", FORMAT, ARRAYS, {"edges": 5, "note": "walks"})
    for _ in range(2):  # made, then mapped
        loaded = load(world, "graph", FORMAT, folder=tmp_path)
        same(loaded)
        assert (loaded.version, loaded.meta) == (version, {"edges": 5, "note": "walks"})
    overlay = overlays.create_overlay(world, now=ENDS_AT)
    assert load(overlay, "graph", FORMAT, folder=tmp_path).version == version
    assert current_version(overlay, "graph") == version
    assert copied(tmp_path) == [version]


def test_copies_lie_in_the_data_folder(world: World):
    version = save(world, "graph", FORMAT, ARRAYS)
    same(load(world, "graph", FORMAT))
    assert (settings.DATA_DIR / "columns" / version / "numbers.npy").is_file()


def test_a_new_version_replaces_the_old_one_and_its_copy(world: World, tmp_path: Path):
    first = save(world, "graph", FORMAT, {"a": np.zeros(3), "b": np.ones(3)})
    old = load(world, "graph", FORMAT, folder=tmp_path)
    second = save(world, "graph", FORMAT, {"a": np.ones(2)})
    assert first != second
    new = load(world, "graph", FORMAT, folder=tmp_path)
    assert {name: array.tolist() for name, array in new.arrays.items()} == {"a": [1.0, 1.0]}
    assert copied(tmp_path) == [second]
    assert old.arrays["b"].tolist() == [1.0, 1.0, 1.0]  # who has it mapped keeps it


def test_copies_of_other_artefacts_stay(world: World, tmp_path: Path):
    versions = [save(world, name, FORMAT, ARRAYS) for name in ("graph", "vectors")]
    for name in ("graph", "vectors"):
        load(world, name, FORMAT, folder=tmp_path)
    assert copied(tmp_path) == sorted(versions)


def test_what_is_missing_says_which_command_makes_it(world: World, tmp_path: Path):
    with pytest.raises(ArtefactMissing, match=r"no rankers yet: `manage.py train_rankers` makes"):
        load(world, "rankers", FORMAT, folder=tmp_path)
    assert current_version(world, "rankers") is None


def test_what_other_code_wrote_is_refused_with_both_formats(world: World, tmp_path: Path):
    save(world, "vectors", FORMAT - 1, ARRAYS)
    with pytest.raises(ArtefactOfOtherFormat, match=r"format 2, .* reads 3: `manage.py learn_emb"):
        load(world, "vectors", FORMAT, folder=tmp_path)


def test_a_base_that_was_dropped_takes_no_artefact(world: World):
    connection.cursor().execute("DELETE FROM twitter_world WHERE id = %s", [world.id])
    with pytest.raises(UnknownWorld):
        save(world, "graph", FORMAT, ARRAYS)
    assert not Artefact.objects.filter(world_id=world.id).exists()


@pytest.mark.parametrize("name", ["../out", "Upper", "a" * 41, ""])
def test_an_array_whose_name_is_no_file_name_is_refused(world: World, name: str):
    with pytest.raises(ValueError, match="keep numbers"):
        save(world, "graph", FORMAT, {name: np.zeros(1)})


def test_objects_are_refused(world: World):
    with pytest.raises(ValueError, match="keep numbers"):
        save(world, "graph", FORMAT, {"a": np.array([{}])})


def test_a_save_that_fails_leaves_the_old_one(world: World, tmp_path: Path):
    version = save(world, "graph", FORMAT, ARRAYS)
    with pytest.raises(DataError):
        save(world, "graph", FORMAT, {"a": np.zeros(1)}, {"note": "Postgres keeps no \0"})
    assert load(world, "graph", FORMAT, folder=tmp_path).version == version


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4])


def grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"garbage" * 9_000)


def of_another_dtype(path: Path) -> None:
    np.save(path, np.arange(10_000, dtype=np.float32))


def of_another_shape(path: Path) -> None:
    np.save(path, np.arange(10_000, dtype=np.int32).reshape(100, 100))


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    "damage",
    [cut_short, grown, emptied, garbage, of_another_dtype, of_another_shape, removed],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_copy_is_made_anew(world: World, tmp_path: Path, damage):
    version = save(world, "graph", FORMAT, ARRAYS)
    load(world, "graph", FORMAT, folder=tmp_path)
    damage(tmp_path / version / "numbers.npy")
    same(load(world, "graph", FORMAT, folder=tmp_path))
    assert copied(tmp_path) == [version]
    assert np.load(tmp_path / version / "numbers.npy").tolist() == ARRAYS["numbers"].tolist()


def test_what_a_killed_maker_left_is_removed(world: World, tmp_path: Path):
    version = save(world, "graph", FORMAT, ARRAYS)
    left = tmp_path / f"{copies.UNFINISHED}{version}-1"
    left.mkdir()
    (left / "numbers.npy").write_bytes(b"half")
    same(load(world, "graph", FORMAT, folder=tmp_path))
    assert copied(tmp_path) == [version]


def test_where_no_copy_can_be_written_arrays_are_held_in_memory(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    save(world, "graph", FORMAT, ARRAYS)
    file = tmp_path / "columns"
    file.write_text("not a folder")
    with caplog.at_level(logging.WARNING):
        same(load(world, "graph", FORMAT, folder=file))
    assert "held in memory" in caplog.text


def test_an_artefact_that_is_replaced_while_it_is_read_is_read_again(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    save(world, "graph", FORMAT, {"a": np.zeros(5_000)})
    really, versions = copies.make, []

    def make(folder, parts, pieces):
        if not versions:  # between asking what there is and reading it
            versions.append(save(world, "graph", FORMAT, ARRAYS))
        return really(folder, parts, pieces)

    monkeypatch.setattr(copies, "make", make)
    loaded = load(world, "graph", FORMAT, folder=tmp_path)
    same(loaded)
    assert [loaded.version] == versions == copied(tmp_path)


@pytest.mark.django_db(transaction=True)
def test_many_who_need_it_first_make_one_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    world = tiny_world(population_of(people(2)))
    save(world, "graph", FORMAT, ARRAYS)
    really, made = copies._write, []

    def write(path, part, pieces):
        made.append(part.name)
        really(path, part, pieces)

    def one(_: int) -> Loaded:
        try:
            return load(world, "graph", FORMAT, folder=tmp_path)
        finally:
            connection.close()

    monkeypatch.setattr(copies, "_write", write)
    with ThreadPoolExecutor(4) as pool:
        for loaded in pool.map(one, range(8)):
            same(loaded)
    assert sorted(made) == sorted(ARRAYS)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[World]:
    """A world that other connections see."""
    return tiny_world(population_of(people(2)))


def test_others_see_at_once_how_far_the_making_is(committed: World, tmp_path: Path):
    with artefacts.making(committed, "vectors") as say:
        with pytest.raises(ArtefactMissing, match=r"being made, 0%\)"):
            load(committed, "vectors", FORMAT, folder=tmp_path)
        say("Learning from follows", 0.4)
        with pytest.raises(ArtefactMissing, match=r"being made, 40%: Learning from follows\)"):
            load(committed, "vectors", FORMAT, folder=tmp_path)
        save(committed, "vectors", FORMAT, ARRAYS)
    row = Artefact.objects.get(world_id=committed.id)
    assert (row.state, row.step, row.progress) == ("ready", "", 1.0)


def test_an_old_artefact_stays_in_use_while_the_next_is_made_or_fails(
    committed: World, tmp_path: Path
):
    version = save(committed, "vectors", FORMAT, ARRAYS)

    def make() -> None:
        with artefacts.making(committed, "vectors"):
            assert Artefact.objects.get(world_id=committed.id).state == "making"
            assert current_version(committed, "vectors") == version
            raise RuntimeError("no memory")

    with pytest.raises(RuntimeError):
        make()
    row = Artefact.objects.get(world_id=committed.id)
    assert (row.state, row.step) == ("failed", "no memory")
    assert load(committed, "vectors", FORMAT, folder=tmp_path).version == version


def test_a_failure_is_told_to_who_misses_it(committed: World, tmp_path: Path):
    artefacts.begin(committed, "vectors")
    artefacts.fail(committed, "vectors", "no memory")
    with pytest.raises(ArtefactMissing, match=r"making it failed: no memory\): `manage.py learn"):
        load(committed, "vectors", FORMAT, folder=tmp_path)


def test_arrays_of_a_replaced_artefact_are_gone_from_the_table(world: World):
    save(world, "graph", FORMAT, ARRAYS)
    save(world, "graph", FORMAT, {"a": np.zeros(1)})
    assert ArtefactArray.objects.filter(artefact__world_id=world.id).count() == 1


def test_a_snapshot_survives_being_taken_apart_and_stored(world: World, tmp_path: Path):
    snapshot = as_of(random_log(1), ENDS_AT_MS)
    save(world, "snapshot", FORMAT, arrays_of(snapshot))
    found = from_arrays(Snapshot, load(world, "snapshot", FORMAT, folder=tmp_path).arrays)
    assert type(found.at_ms) is int
    one, two = arrays_of(snapshot), arrays_of(found)
    assert {name: (array.dtype, array.tolist()) for name, array in one.items()} == {
        name: (array.dtype, array.tolist()) for name, array in two.items()
    }


@dataclass(frozen=True)
class Strange:
    words: list[str]


def test_what_is_no_array_cannot_be_taken_apart():
    with pytest.raises(TypeError, match="words is list"):
        arrays_of(Strange(["a"]))
