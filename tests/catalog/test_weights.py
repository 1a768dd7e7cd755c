"""The weight sets: what the Twitter pack publishes, and what a broken file is told."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from trainer.catalog.counts import counts
from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack
from trainer.catalog.prose import plain
from trainer.catalog.schema import EngagementKind, WeightSet
from trainer.twitter.columns.log import KINDS

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")
CHAT = Path(__file__).parent / "packs" / "chat"

SOUND = """\
- id: own
  name: Our own
  what: A teaching set.
  source: own-estimate
  weights:
    like: {value: 1}
    bookmark: {value: 0, catch: None is published.}
    click: {value: 2.5}
    profile_click: {value: 3}
    reply: {value: 4}
    retweet: {number: messages-per-user}
"""


def published(set_id: str) -> WeightSet:
    found = PACK.weight_set(set_id)
    assert found is not None
    return found


# -- The Twitter pack


def test_the_kinds_are_those_of_the_mini_twitter() -> None:
    assert get_args(EngagementKind) == KINDS


@pytest.mark.parametrize(
    ("set_id", "values"),  # in the order of KINDS
    [
        ("guide", (1, 10, 11, 12, 13.5, 20)),
        ("readme-2023", (0.5, 0, 11, 12, 13.5, 1)),
        ("release-2026", (0.5, 0, 0.4, 0, 5, 1)),
    ],
)
def test_each_set_has_its_published_values(set_id: str, values: tuple[float, ...]) -> None:
    assert PACK.weight_values(published(set_id)) == dict(zip(KINDS, values, strict=True))


def test_the_guide_s_weights_stand_in_the_ledger_and_nowhere_else() -> None:
    assert all(each.value is None for each in published("guide").weights.values())
    assert not published("guide").others


@pytest.mark.parametrize(
    ("set_id", "others"),
    [
        ("readme-2023", {75, 10, 0.005, -74, -369}),
        ("release-2026", {5, 2, 20, 4, -43.2, -31.2, -58.8, -234}),
    ],
)
def test_what_is_not_simulated_is_told(set_id: str, others: set[float]) -> None:
    assert others <= {each.value for each in published(set_id).others}


def test_the_published_weights_of_other_acts_have_their_catch() -> None:
    caught = {
        each.id: sorted(kind for kind, weight in each.weights.items() if weight.catch)
        for each in PACK.weights
    }
    assert caught == {
        "guide": [],
        "readme-2023": ["bookmark", "click", "profile_click"],
        "release-2026": ["bookmark", "click"],
    }


# -- Any pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound pack with a weight set."""
    copied = Path(shutil.copytree(CHAT, tmp_path / "chat"))
    (copied / "weights.yaml").write_text(SOUND)
    return copied


def test_a_pack_without_weights_is_whole() -> None:
    chat = load_pack(CHAT)
    assert chat.weights == ()
    assert chat.weight_set("guide") is None
    assert counts(chat)["weight sets"] == 0


def test_a_weight_may_be_a_number_of_the_ledger_and_its_prose_name_one(folder: Path) -> None:
    text = SOUND.replace("A teaching set.", '"A set for {{n:users}} users."')
    (folder / "weights.yaml").write_text(text)
    pack = load_pack(folder)
    (own,) = pack.weights
    assert tuple(pack.weight_values(own)[kind] for kind in KINDS) == (1, 0, 2.5, 3, 4, 40)
    assert plain(pack, own.what) == "A set for 50M users."


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("like: {value: 1}", "like: {}", "[own].weights.like: expected either a value or a number"),
        (
            "number: messages-per-user",
            "number: messages-per-user, value: 3",
            "[own].weights.retweet: expected either a value or a number",
        ),
        (
            "number: messages-per-user",
            "number: nobody",
            "[own].weights.retweet.number: "
            "expected a number of numbers.yaml, but there is no nobody",
        ),
        (
            "    reply: {value: 4}\n",
            "",
            "[own].weights.reply: expected this key, but it is missing",
        ),
        (
            "source: own-estimate",
            "source: hearsay",
            "[own].source: expected a source of sources.yaml, but there is no hearsay",
        ),
        (
            "  source: own-estimate\n",
            "",
            "[own].source: expected a source for the values that are not of the ledger",
        ),
        ("value: 3", "value: much", "[own].weights.profile_click.value: expected a number"),
        ("value: 2.5", "value: -2.5", "[own].weights.click.value: expected"),
        ("A teaching set.", '"{{n:nobody}}"', "[own].what: expected a number of numbers.yaml"),
        ("reply: {", "rely: {", "[own].weights.rely"),
    ],
)
def test_a_fault_has_its_sentence(folder: Path, old: str, new: str, error: str) -> None:
    assert old in SOUND
    (folder / "weights.yaml").write_text(SOUND.replace(old, new))
    with pytest.raises(PackErrors) as caught:
        load_pack(folder)
    assert len(caught.value.errors) == 1
    assert caught.value.errors[0].startswith(f"weights.yaml:{error}")


def test_a_set_that_is_there_twice_is_an_error(folder: Path) -> None:
    (folder / "weights.yaml").write_text(SOUND + SOUND)
    with pytest.raises(PackErrors, match="expected each weight set once, but own is there twice"):
        load_pack(folder)
