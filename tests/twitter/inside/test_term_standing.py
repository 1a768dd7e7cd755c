"""One term's figures are those of the list; a term that scores nothing has figures too."""

import pytest

from tests.twitter.trends.town import (
    ENDS_AT,
    HOUR,
    base_mentions,
    build,
    deleted,
    overlay,
    page,
    people,
    posted,
    store,
)
from trainer.twitter.inside.term_standing import term_standing
from trainer.twitter.trends.counting import handle
from trainer.twitter.trends.gates import Verdict
from trainer.twitter.world.value import World

NOW = ENDS_AT + HOUR


@pytest.fixture
def base(db: None) -> World:
    return build()


@pytest.fixture
def world(base: World) -> World:
    return overlay(base)


def test_a_term_stands_as_the_list_says(base: World, world: World) -> None:
    base_mentions(base, "tag", [(n, -30, "#tag") for n in range(1, 9)])
    handle(posted(world, store(world, [*people("tag", 60), *people("other", 20)])))
    for region in (None, 2):
        found = page(world, region=region)
        (listed,) = [t for t in (*found.trends, *found.waiting, *found.refused) if t.term == "tag"]
        standing = term_standing(world, "tag", at=NOW, region=region)
        assert (standing.authors, standing.mentions) == (listed.authors, listed.mentions)
        assert (standing.observed, standing.expected) == (listed.observed, listed.expected)
        assert standing.score == listed.score > 0
        assert standing.findings == listed.findings
        assert standing.verdict == listed.verdict


def test_a_retracted_term_stands_at_nought(base: World, world: World) -> None:
    of_base = base_mentions(base, "tag", [(n, -30, "#tag") for n in range(1, 6)])
    tweets = store(world, people("tag", 10))
    handle(posted(world, tweets))
    handle(deleted(world, [*tweets, *of_base]))
    standing = term_standing(world, "tag", at=NOW)
    assert (standing.mentions, standing.authors, standing.score) == (0, 0, 0)
    assert standing.retracted == 10
    assert standing.verdict is Verdict.REFUSED


def test_nobody_said_it(world: World) -> None:
    standing = term_standing(world, "nothing", at=NOW)
    assert (standing.mentions, standing.retracted, standing.observed) == (0, 0, 0)
    assert {finding.gate for finding in standing.findings} == {"enough_authors", "lasting"}
