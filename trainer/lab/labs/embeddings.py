"""Likes of one topic move an account's vector; then pgvector's index against all vectors."""

from dataclasses import dataclass
from typing import Final

from trainer.lab.blocks import Cell, Chart, Column, Frame, Series, Steps, Table
from trainer.lab.errors import LabError
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.twitter import api

FURTHEST: Final = "furthest"
HALF: Final = 0.5
MOST_LIKES: Final = 60
IN_A_FRAME, IN_A_TABLE = 5, 10
WANTED: Final = 20  # nearest tweets that are searched for
SEARCHERS: Final = 10
ROUNDS: Final = 5
EF_SEARCHES: Final = (10, 20, 40, 100, 200, 400)
DEFAULT_EF: Final = 40  # pgvector's own
PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the account stood after each like, the first before any; `likes`: texts of the liked
    tweets. `wanted`: as many likes as the visitor set."""

    topic: str
    places: list[api.Place]
    likes: list[str]
    wanted: int

    @property
    def tipping(self) -> int | None:
        """After how many likes half of the nearest are about the topic."""
        return next((n for n, place in enumerate(self.places) if place.share >= HALF), None)

    @property
    def before(self) -> api.Place:
        return self.places[0]

    @property
    def after(self) -> api.Place:
        return self.places[self.wanted]


def run(stage: Stage) -> None:
    stage.say("Reading vectors and recent tweets", 0.05)
    space = api.topic_space(stage.base)
    account = stage.account("account") or api.get_account(
        stage.base, api.busiest_account(stage.base)
    )
    moves = _liked(stage, space, account, _topic(stage, space, account.id))
    if moves.tipping is None:
        raise LabError(
            f"After {len(moves.likes)} likes still less than half of the nearest tweets are about"
            f" {moves.topic}. Choose another topic, or another account."
        )
    stage.figure("tipping", moves.tipping)
    stage.figure("by_sum", 1 / api.LIKE_STEP)
    stage.figure("share", PERCENT * moves.after.share)
    stage.figure("cosine", moves.after.to_topic)
    stage.show(_places(moves))
    stage.show(_nearest("before", "Nearest before the likes", moves.before))
    stage.show(_nearest("after", f"Nearest after {moves.wanted} likes", moves.after))
    _search(stage, account.id)


def _topic(stage: Stage, space: api.TopicSpace, account_id: int) -> str:
    if not space.topics:
        raise LabError("No topic has enough recent tweets in this world. Choose the larger one.")
    chosen = stage.given.text("topic")
    if chosen == FURTHEST:
        return space.furthest(account_id)
    if chosen not in space.topics:
        raise LabError(
            f"Too few recent tweets of this world are about {chosen}. It has"
            f" {', '.join(space.topics)}."
        )
    return chosen


def _liked(stage: Stage, space: api.TopicSpace, account: api.AccountRow, topic: str) -> _Moves:
    """Likes in an overlay, one after the other, until the account has tipped over and has liked as
    many as the visitor set."""
    world, wanted = stage.overlay(), stage.given.whole("likes")
    moves = _Moves(topic, [space.place(world, account.id, topic, shown=IN_A_TABLE)], [], wanted)
    for tweet_id in space.likeable(account.id, topic):
        if len(moves.likes) >= MOST_LIKES or (moves.tipping is not None and _enough(moves)):
            break
        if not api.engage(world, account.id, tweet_id, "like"):
            continue  # liked already, in the base
        tweet = api.get_tweet(world, tweet_id)
        moves.likes.append(f"@{tweet.handle}: {tweet.text}")
        moves.places.append(space.place(world, account.id, topic, shown=IN_A_TABLE))
        stage.say(
            f"@{account.handle} likes tweet {len(moves.likes)} about {topic}",
            0.1 + 0.5 * len(moves.likes) / MOST_LIKES,
        )
        stage.show(_cosines(moves))
        stage.show(_shares(moves))
    if not _enough(moves):
        raise LabError(
            f"Only {len(moves.likes)} recent tweets about {topic} can be liked. Set fewer likes,"
            " or choose another topic."
        )
    stage.show(_steps(moves, account.handle))
    return moves


def _enough(moves: _Moves) -> bool:
    return len(moves.likes) >= moves.wanted


def _cosines(moves: _Moves) -> Chart:
    likes = list(range(len(moves.places)))
    return Chart(
        "cosines",
        f"The account's vector leaves where it stood for {moves.topic}",
        "likes",
        "cosine",
        [
            Series(f"to {moves.topic}", likes, [place.to_topic for place in moves.places]),
            Series("to where it stood", likes, [place.to_start for place in moves.places]),
        ],
        "measured",
        note="One is the same direction, zero has nothing to do with it. A topic's direction is the"
        " mean of its recent tweets' vectors.",
    )


def _shares(moves: _Moves) -> Chart:
    likes = list(range(len(moves.places)))
    counted = moves.before.counted
    return Chart(
        "shares",
        f"Share of {moves.topic} among the {counted} nearest tweets",
        "likes",
        "of the nearest tweets (%)",
        [
            Series(moves.topic, likes, [PERCENT * place.share for place in moves.places]),
            Series("half", likes, [PERCENT * HALF] * len(likes), dashed=True),
        ],
        "measured",
    )


def _steps(moves: _Moves, handle: str) -> Steps:
    texts = [f"@{handle} as learned, before any like.", *moves.likes]
    return Steps(
        "likes",
        f"@{handle} likes one tweet about {moves.topic} after another",
        [Column("Nearest tweets then"), Column("Topic"), Column("Cosine")],
        [
            Frame(
                f"like {number}" if number else "before",
                f"{text} Cosine to {moves.topic}: {place.to_topic:.2f}.",
                [
                    [f"@{near.tweet.handle}: {near.tweet.text}", near.topic, near.similarity]
                    for near in place.nearest[:IN_A_FRAME]
                ],
            )
            for number, (text, place) in enumerate(zip(texts, moves.places, strict=True))
        ],
        "measured",
        "Others' tweets of the last two days, by the cosine alone. A timeline adds how new and how"
        " much liked a tweet is.",
    )


def _places(moves: _Moves) -> Table:
    before, after = moves.before, moves.after
    rows = (
        (f"Cosine to {moves.topic}", before.to_topic, after.to_topic),
        ("Cosine to where it stood", before.to_start, after.to_start),
        (
            f"{moves.topic} among the {before.counted} nearest (%)",
            PERCENT * before.share,
            PERCENT * after.share,
        ),
        ("Rank of the topic's nearest tweet", before.best_rank, after.best_rank),
        ("Rank of the topic's middle tweet", before.middle_rank, after.middle_rank),
    )
    return Table(
        "places",
        f"Before, and after {moves.wanted} likes",
        [Column("What"), Column("Before"), Column("After")],
        rows,
        "measured",
    )


def _nearest(id: str, title: str, place: api.Place) -> Table:
    return Table(
        id,
        title,
        [Column("Rank"), Column("Tweet"), Column("Topic"), Column("Cosine")],
        [
            [rank, f"@{near.tweet.handle}: {near.tweet.text}", near.topic, near.similarity]
            for rank, near in enumerate(place.nearest, start=1)
        ],
        "measured",
        "The topic is read off the text's words; the vectors know no words.",
    )


def _search(stage: Stage, account_id: int) -> None:
    """The index against comparing with all, for this account and other readers of the base."""
    stage.say(f"Searching the nearest {WANTED} by the index and by comparing with all", 0.65)
    searchers = list(dict.fromkeys([account_id, *api.readers(stage.base, SEARCHERS - 1)]))
    found = api.index_against_exact(
        stage.base,
        searchers,
        wanted=WANTED,
        ef_searches=EF_SEARCHES,
        rounds=ROUNDS,
        check=stage.check,
    )
    default = next(each for each in found.index if each.ef_search == DEFAULT_EF)
    stage.figure("recall", PERCENT * default.recall)
    stage.figure("index_ms", default.ms.median)
    stage.figure("exact_ms", found.exact_ms.median)
    stage.figure("recent_ms", found.recent_ms.median)
    stage.show(_search_chart(found))
    stage.show(_search_table(found, len(searchers)))


def _search_chart(found: api.IndexAgainstExact) -> Chart:
    by_time = sorted(found.index, key=lambda each: each.ms.median)
    return Chart(
        "recall_by_time",
        "What the index finds, and how long it takes",
        "ms a search",
        "recall (%)",
        [
            Series(
                "index (HNSW), by ef_search",
                [each.ms.median for each in by_time],
                [PERCENT * each.recall for each in by_time],
            ),
            Series("comparing with all", [found.exact_ms.median], [PERCENT]),
        ],
        "measured",
        kind="points",
    )


def _search_table(found: api.IndexAgainstExact, searchers: int) -> Table:
    ways = [
        (f"Index, ef_search {each.ef_search}", PERCENT * each.recall, each.ms)
        for each in found.index
    ]
    ways.append((f"Comparing with all {found.tweets:,}", PERCENT, found.exact_ms))
    rows: list[list[Cell]] = [
        [name, recall, times.median, times.least, times.most] for name, recall, times in ways
    ]
    recent = found.recent_ms
    name = f"Comparing with the {found.recent:,} recent, as the timeline does"
    rows.append([name, None, recent.median, recent.least, recent.most])
    return Table(
        "search",
        f"The nearest {found.wanted} of all liked tweets",
        [
            Column("How"),
            Column("Recall", "%"),
            Column("Median", "ms", bar=True),
            Column("Least", "ms"),
            Column("Most", "ms"),
        ],
        rows,
        "measured",
        f"Each of {ROUNDS} rounds is the mean of {searchers} accounts, and the ways take turns. The"
        " index is asked over a connection to Postgres; comparing is one product of matrices here,"
        " on one core. The recent ones are another set, so they have no recall.",
    )


LAB = LabCode("embeddings", run, Needs.RANKERS, timing=True, most_s=40.0)
