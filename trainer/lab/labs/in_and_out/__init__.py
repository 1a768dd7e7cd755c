"""How much discovery a timeline bears: the same candidates, with other shares of both sides."""

from trainer.lab.labs.in_and_out import showing
from trainer.lab.labs.in_and_out.sides import Sides, score_of
from trainer.lab.reading import nothing_found, reader_of, some_readers, warm
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.lab.weights import first, weights_of
from trainer.twitter import api

READERS = 6  # of the sweep
PAGE = 50
SWEEP = (0, 25, 50, 75, 90, 100)  # percent of discovery


def run(stage: Stage) -> None:
    share = stage.given.whole("share")
    reader, weights = reader_of(stage, "account"), weights_of(first())
    world = stage.overlay()
    stage.say(f"Fetching candidates for @{reader.handle}", 0.05)
    warm(stage, reader.id, weights, [world])
    at = api.rerank(world, reader.id, _variants(weights, (0, share)))
    sides = Sides(at["0"], at[str(share)])
    _figures(stage, sides)
    if not sides.followed.entries and not sides.mixed.entries:
        stage.show(nothing_found(reader))
    for block in showing.blocks(sides, share, weights):
        stage.show(block)
    _sweep(stage, world, weights)
    stage.say("Done", 1.0)


def _variants(weights: api.Weights, shares: tuple[int, ...]) -> dict[str, api.Variant]:
    return {str(share): api.Variant(weights, api.Sizes(discovery=share / 100)) for share in shares}


def _figures(stage: Stage, sides: Sides) -> None:
    page = sides.mixed.entries[:PAGE]
    stage.figure("page_out", sum(not entry.in_network for entry in page))
    stage.figure("listed", len(sides.mixed.entries))
    stage.figure("list_out", _percent(len(sides.brought), len(sides.mixed.entries)))
    stage.figure("lost", len(sides.lost))
    stage.figure("lost_score", _percent(score_of(sides.lost), score_of(sides.followed.entries)))
    stage.figure("out_score", _percent(score_of(sides.brought), score_of(sides.mixed.entries)))


def _sweep(stage: Stage, world: api.World, weights: api.Weights) -> None:
    measured: list[list[showing.Point]] = []
    readers = some_readers(stage, READERS)
    for number, reader in enumerate(readers, start=1):
        stage.say(f"All shares for @{reader.handle}", 0.3 + 0.6 * number / len(readers))
        lists = api.rerank(world, reader.id, _variants(weights, SWEEP))
        measured.append([_point(share, lists[str(share)], lists["0"]) for share in SWEEP])
        for block in showing.sweep(measured):
            stage.show(block)


def _point(share: int, ranked: api.Reranked, followed: api.Reranked) -> showing.Point:
    sides = Sides(followed, ranked)
    entries = ranked.entries
    return showing.Point(
        share=share,
        listed=len(entries),
        list_out=_percent(len(sides.brought), len(entries)),
        page_out=_percent(
            sum(not entry.in_network for entry in entries[:PAGE]), len(entries[:PAGE])
        ),
        lost=len(sides.lost),
        score=_percent(score_of(entries), score_of(followed.entries)),
    )


def _percent(part: float, whole: float) -> float:
    """0 of nothing."""
    return 100 * part / whole if whole else 0.0


LAB = LabCode("in-and-out", run, Needs.RANKERS, most_s=30.0)
