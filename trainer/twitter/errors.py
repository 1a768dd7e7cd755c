"""What the mini Twitter refuses, each with a sentence: the value, and what to do."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.twitter.mixer.trace import Trace


class TwitterError(Exception):
    """The root of them all. `str(error)` is fit to be shown to a person."""


class UnknownWorld(TwitterError):
    def __init__(self, public_id: str) -> None:
        super().__init__(f"There is no world {public_id!r}: start a new experiment.")


class UnknownBase(UnknownWorld):
    def __init__(self, name: str) -> None:
        TwitterError.__init__(
            self, f"There is no base world {name!r}: `manage.py seed_world` makes one."
        )


class WorldNotReady(TwitterError):
    def __init__(self, name: str, step: str) -> None:
        super().__init__(f"The world {name!r} is not built yet ({step}): try again in a minute.")


class BaseIsImmutable(TwitterError):
    def __init__(self, public_id: str) -> None:
        super().__init__(f"The base world {public_id!r} never changes: write to an overlay on it.")


class UnknownAccount(TwitterError):
    def __init__(self, account: object) -> None:
        super().__init__(f"There is no account {account!r} in this world: choose another.")


class UnknownTweet(TwitterError):
    def __init__(self, tweet_id: object) -> None:
        super().__init__(f"There is no tweet {tweet_id!r} in this world, or it was deleted.")


class NotYourTweet(TwitterError):
    def __init__(self, tweet_id: int, account_id: int) -> None:
        super().__init__(
            f"Account {account_id} did not write tweet {tweet_id}: only its author may delete it."
        )


class EmptyTweet(TwitterError):
    def __init__(self) -> None:
        super().__init__("The tweet is empty: write something first.")


class TweetTooLong(TwitterError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The tweet has {length} characters: shorten it to {limit}.")


class UnusableText(TwitterError):
    def __init__(self) -> None:
        super().__init__("The tweet holds a character that cannot be stored (NUL): remove it.")


class SelfFollow(TwitterError):
    def __init__(self, account_id: int) -> None:
        super().__init__(f"Account {account_id} cannot follow itself: choose another account.")


class OwnRetweet(TwitterError):
    def __init__(self, tweet_id: int) -> None:
        super().__init__(f"Tweet {tweet_id} is the account's own: its followers have it already.")


class UnknownEngagement(TwitterError):
    def __init__(self, kind: object, known: str) -> None:
        super().__init__(f"There is no engagement {kind!r}: use one of {known}.")


class UnknownCursor(TwitterError):
    def __init__(self, cursor: str) -> None:
        super().__init__(f"There is no page at cursor {cursor[:40]!r}: start from the first one.")


class BadLimit(TwitterError):
    def __init__(self, limit: object, most: int) -> None:
        super().__init__(f"{limit!r} is not a page size: ask for 1 to {most}.")


class BadThreshold(TwitterError):
    def __init__(self, value: object) -> None:
        super().__init__(f"{value!r} is not a number of followers: give a whole number, 0 or more.")


class EmptyQuery(TwitterError):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!r} has no word to search for: type one, or a #hashtag.")


class QueryTooLong(TwitterError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The query has {length} characters: shorten it to {limit}.")


class UnbalancedQuotes(TwitterError):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!r} opens a phrase and does not end it: add the second quote.")


class OnlyNegativeQuery(TwitterError):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!r} says only what to leave out: add a word to look for.")


class DanglingOr(TwitterError):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!r} has nothing on one side of OR: put a word on both sides.")


class BadOperator(TwitterError):
    def __init__(self, value: str, remedy: str) -> None:
        super().__init__(f"{value[:60]!r} cannot be searched for: {remedy}.")


class UnknownOrder(TwitterError):
    def __init__(self, order: object, known: str) -> None:
        super().__init__(f"There is no order {order!r}: use {known}.")


class UnknownTrend(TwitterError):
    def __init__(self, term: str) -> None:
        super().__init__(f"{term[:60]!r} does not wait for review: choose one from the queue.")


class SelfShun(TwitterError):
    def __init__(self, account_id: int, verb: str) -> None:
        super().__init__(f"Account {account_id} cannot {verb} itself: choose another account.")


class TooManyTweets(TwitterError):
    def __init__(self, count: int, limit: int) -> None:
        super().__init__(f"{count} tweets at once are too many: send at most {limit}.")


class NoTimeline(TwitterError):
    """Every level of the ladder failed; the message says at what, and when to try again."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"There is no timeline just now ({reason}): try again in a minute.")


class PartFailed(TwitterError):
    """A part or a source of the home pipeline could not be done: all that a guard may raise."""


class PipelineFailed(TwitterError):
    """A part that no timeline can do without failed. `trace`: of what was done up to there."""

    def __init__(self, part: str, reason: str, trace: "Trace") -> None:
        super().__init__(f"The timeline could not be made: {part} failed ({reason}).")
        self.part, self.reason, self.trace = part, reason, trace


class OutOfOrder(TwitterError):
    def __init__(self, before: int, after: int) -> None:
        super().__init__(
            f"The graph has {before} nodes and would have {after}: it only grows, so give the"
            " numbers of accounts and tweets as of the later instant."
        )


MADE_BY = {
    "snapshot": "learn_embeddings",
    "graph": "learn_embeddings",
    "vectors": "learn_embeddings",
    "rankers": "train_rankers",
    "replayed": "train_rankers",
}


class ArtefactMissing(TwitterError):
    """`state`: how far the making is, or why it failed; "" where nobody began."""

    def __init__(self, name: str, world: str, state: str) -> None:
        why = f" ({state})" if state else ""
        super().__init__(f"The world {world!r} has no {name} yet{why}: {_made_by(name)}.")


class ArtefactOfOtherFormat(TwitterError):
    def __init__(self, name: str, found: int, wanted: int) -> None:
        super().__init__(
            f"The artefact {name!r} has format {found}, and this code reads {wanted}:"
            f" {_made_by(name)}."
        )


class ArtefactDamaged(TwitterError):
    """Its arrays are cut short, or one is missing."""

    def __init__(self, name: str, world: str) -> None:
        super().__init__(
            f"The world {world!r} has a damaged artefact {name!r}: {_made_by(name)} anew."
        )


def _made_by(name: str) -> str:
    return f"`manage.py {MADE_BY.get(name, name)}` makes the {name}"


class FeaturesDoNotFit(TwitterError):
    def __init__(self, shape: tuple[int, ...], wanted: int) -> None:
        super().__init__(
            f"Features of shape {shape} do not fit a ranker of {wanted}: `manage.py train_rankers`"
            " learns one for the features of this code."
        )


class TooLittleToLearn(TwitterError):
    def __init__(self, world: str, deeds: int, wanted: int) -> None:
        super().__init__(
            f"The world {world!r} has {deeds} engagements to learn from, and {wanted} are needed:"
            " seed one of more accounts."
        )


class StoreAway(TwitterError):
    def __init__(self) -> None:
        super().__init__("Postgres does not answer: try again in a few seconds.")
