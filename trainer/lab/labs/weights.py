"""The same candidates ranked by the guide's weights and by others."""

from collections.abc import Mapping, Sequence
from statistics import mean

from trainer.lab.blocks import Cell, Chart, Column, Series, Table, Tweets
from trainer.lab.reading import some_readers, warm
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.lab.sums import scored_tweet, worth_of_kinds
from trainer.lab.weights import first, weights_of
from trainer.twitter import api

TOP = 20
SHOWN = 50
TOPS = (5, 10, TOP, SHOWN, 100)
OWN = "own"
GREATEST = "retweet"  # what the guide gives the greatest weight
KINDS = (
    Column("engagement"),
    Column("guide's weight"),
    Column("mean chance"),
    Column("weight x chance"),
    Column("of the score", "%", bar=True),
    Column("chosen weight"),
    Column("mean chance, chosen"),
    Column("weight x chance, chosen"),
    Column("of the score, chosen", "%", bar=True),
)


def run(stage: Stage) -> None:
    usual, chosen = weights_of(first()), _chosen(stage)
    reader = some_readers(stage, 1)[0]
    stage.say(f"Fetching candidates for @{reader.handle}", 0.1)
    world = stage.overlay()
    warm(stage, reader.id, usual, [world])
    both = {"usual": api.Variant(usual), "chosen": api.Variant(chosen)}
    ranked = api.rerank(world, reader.id, both)
    before, after = ranked["usual"], ranked["chosen"]
    stage.say("Comparing the two lists", 0.6)
    shares = _shares(before.entries[:TOP], usual)
    others = _shares(after.entries[:TOP], chosen)
    stage.show(_kinds(before, after, usual, chosen, shares, others))
    stage.show(_chart(shares, others))
    stage.show(_overlaps(before, after))
    stage.show(_list(before, after, chosen))
    _figures(stage, before, after, usual, shares)
    stage.say("Done", 1.0)


def shown(entry: api.RankedEntry) -> int:
    return entry.tweet.retweet_of or entry.tweet.id


def _chosen(stage: Stage) -> api.Weights:
    """Raises LabError for own weights that are all 0."""
    name = stage.given.text("set")
    if name != OWN:
        return weights_of(name)
    own = {kind: stage.given.number(kind) for kind in weights_of(first()).by_kind}
    if not any(own.values()):
        raise LabError("Your weights are all 0, so every score is 0: raise one of them.")
    return api.Weights(OWN, own)


def _shares(entries: Sequence[api.RankedEntry], weights: api.Weights) -> Mapping[str, float]:
    """By kind: what it brings of all weight x chance of these entries, in percent."""
    worths = [worth_of_kinds(entry, weights) for entry in entries]
    total = sum(sum(worth.values()) for worth in worths)
    return {kind: 100 * sum(worth[kind] for worth in worths) / total for kind in weights.by_kind}


def _figures(
    stage: Stage,
    before: api.Reranked,
    after: api.Reranked,
    usual: api.Weights,
    shares: Mapping[str, float],
) -> None:
    old, new = _order(before), _order(after)
    common = [id_ for id_ in old[:TOP] if id_ in new]
    weight = usual.by_kind[GREATEST]
    stage.figure("retweet_share", shares[GREATEST])
    stage.figure("weight_share", 100 * weight / sum(usual.by_kind.values()))
    stage.figure("replaced", len(set(old[:TOP]) - set(new[:TOP])))
    stage.figure("moved", sum(a != b for a, b in zip(old[:TOP], new[:TOP], strict=False)))
    stage.figure("moved_by", mean(abs(new.index(id_) - old.index(id_)) for id_ in common))


def _order(ranked: api.Reranked) -> list[int]:
    return [shown(entry) for entry in ranked.entries]


def _kinds(
    before: api.Reranked,
    after: api.Reranked,
    usual: api.Weights,
    chosen: api.Weights,
    shares: Mapping[str, float],
    others: Mapping[str, float],
) -> Table:
    rows: list[list[Cell]] = []
    for kind in usual.by_kind:
        row: list[Cell] = [kind.replace("_", " ")]
        for ranked, weights, of in ((before, usual, shares), (after, chosen, others)):
            chance = mean(_chance(entry, kind) for entry in ranked.entries[:TOP])
            weight = weights.by_kind.get(kind, 0.0)
            row += [weight, chance, weight * chance, of[kind]]
        rows.append(row)
    note = f"Means over the first {TOP} of each list, before any factor."
    return Table("kinds", "What makes the score", KINDS, rows, "measured", note)


def _chance(entry: api.RankedEntry, kind: str) -> float:
    return (entry.chances or {}).get(kind, 0.0)


def _chart(shares: Mapping[str, float], others: Mapping[str, float]) -> Chart:
    places = [float(number) for number in range(len(shares))]
    return Chart(
        "shares",
        f"Where the score of the first {TOP} comes from",
        "engagement",
        "%",
        (
            Series("guide's weights", places, list(shares.values())),
            Series("chosen weights", places, [others[kind] for kind in shares]),
        ),
        "measured",
        kind="bars",
        names=[kind.replace("_", " ") for kind in shares],
    )


def _overlaps(before: api.Reranked, after: api.Reranked) -> Table:
    old, new = _order(before), _order(after)
    rows: list[list[Cell]] = [
        [top, len(set(old[:top]) & set(new[:top]))] for top in TOPS if top <= len(old)
    ]
    columns = (Column("first"), Column("in both lists", "tweets"))
    return Table("overlap", "How alike the two lists are", columns, rows, "measured")


def _list(before: api.Reranked, after: api.Reranked, chosen: api.Weights) -> Tweets:
    old = {id_: rank for rank, id_ in enumerate(_order(before), start=1)}
    tweets = [
        scored_tweet(rank, entry, chosen, at_ms=after.trace.at_ms, was=old.get(shown(entry)))
        for rank, entry in enumerate(after.entries[:SHOWN], start=1)
    ]
    note = "By the chosen weights, with the rank by the guide's. Open one for its sum."
    return Tweets("list", "The list by the chosen weights", tweets, "measured", note)


LAB = LabCode("weights", run, Needs.RANKERS, most_s=30.0)
